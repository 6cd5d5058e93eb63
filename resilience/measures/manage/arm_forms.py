"""What a manager is asked to set up groups: one group, how people come into them, a table from elsewhere."""

import re

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from resilience.measures.models import Timepoint
from resilience.participants.models import Allocates, AllocationPlan, Arm, Kind, Programme, Stratum

RESERVED = frozenset({"new", "table", "do"})  # words that addresses use themselves
KEY = _("Small letters, digits and hyphens only, for example group-a.")
LARGEST = 1_000_000  # bytes of a table
MOST_BLOCKS, LARGEST_BLOCK = 6, 60
WHOLE = _("Write a whole number.")


class OneArm(forms.ModelForm):
    """One group: its name, and what it is offered."""

    kind = forms.ChoiceField(
        label=_("What is this group offered?"), widget=forms.RadioSelect, choices=Kind.choices,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )  # fmt: skip
    share = forms.IntegerField(
        label=_("Share"), min_value=1, max_value=9, initial=1,
        help_text=_("1 in each of two groups makes halves; 2 in one and 1 in the other makes two thirds and one."),
        error_messages={
            "required": WHOLE, "invalid": WHOLE, "min_value": _("Write 1 or more."),
            "max_value": _("Write 9 or fewer."),
        },
    )  # fmt: skip
    weeks = forms.IntegerField(
        label=_("A waiting list: after how many weeks do the parts open?"), required=False, min_value=1, max_value=104,
        help_text=_("Counted from the day on which somebody comes into the group."),
        error_messages={
            "invalid": WHOLE, "min_value": _("Write 1 or more."), "max_value": _("Write 104 weeks or fewer."),
        },
    )  # fmt: skip
    timepoint = forms.ChoiceField(
        label=_("Or after which questions?"), required=False,
        help_text=_("The parts then open when these are answered, or their time is over."),
        error_messages={"invalid_choice": _("Choose one of the time points.")},
    )  # fmt: skip

    class Meta:
        model = Arm
        fields = ["name", "key", "kind", "share", "weeks", "timepoint", "task"]
        labels = {
            "name": _("Name that people see"),
            "key": _("Short name in the data"),
            "task": _("A talk with a colleague: what should they talk about?"),
        }
        help_texts = {
            "name": _("One that promises nothing and ranks nothing, for example “Group A”."),
            "key": _("It cannot be changed later."),
            "task": _("People read it on their page. A few plain sentences."),
        }
        error_messages = {
            "name": {"required": _("Write a name.")},
            "key": {"required": KEY, "invalid": KEY},
        }
        widgets = {"task": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        programme = self.instance.programme
        named = Timepoint.objects.filter(programme=programme).order_by("position").values_list("key", "label")
        self.fields["timepoint"].choices = [("", _("After the weeks above")), *named]
        if not self.instance._state.adding:
            del self.fields["key"]

    def clean(self) -> dict:
        """Return what was typed, without what its kind has no use for; with words for what is still needed."""
        said = super().clean()
        if said.get("kind") != Kind.WAITING:
            said["weeks"], said["timepoint"] = None, ""
            self._forgive("weeks", "timepoint")
        elif not {"weeks", "timepoint"} & set(self.errors) and bool(said.get("weeks")) == bool(
            said.get("timepoint")
        ):
            self.add_error("weeks", _("Write how many weeks, or choose the questions below, and not both."))
        if said.get("kind") != Kind.PEER:
            said["task"] = ""
        elif not said.get("task", "").strip():
            self.add_error("task", _("Write what they should talk about."))
        self._check_names(said)
        return said

    def _forgive(self, *names: str) -> None:
        for name in names:
            self.errors.pop(name, None)

    def _check_names(self, said: dict) -> None:
        others = Arm.objects.filter(programme=self.instance.programme).exclude(pk=self.instance.pk)
        if said.get("key") in RESERVED:
            self.add_error("key", _("The site uses this word itself. Choose another."))
        if "key" in self.fields and others.filter(key=said.get("key", "")).exists():
            self.add_error("key", _("This short name is taken. Choose another."))
        if others.filter(name=said.get("name", "")).exists():
            self.add_error("name", _("Another group has this name. Choose another."))


class HowAllocated(forms.ModelForm):
    """How people come into a group."""

    by = forms.ChoiceField(
        label=_("How do people come into a group?"), widget=forms.RadioSelect, choices=Allocates.choices,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )  # fmt: skip
    sizes = forms.CharField(
        label=_("Sizes of the blocks"), required=False, max_length=40,
        help_text=_(
            "After each block the groups are as large as their shares say. With two sizes or more nobody can guess "
            "who comes next: 4, 6"
        ),
    )  # fmt: skip
    strata = forms.MultipleChoiceField(
        label=_("Keep the groups alike in"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=Stratum.choices,
        help_text=_("One is usually enough. Each more makes many small rows of blocks that are never full."),
    )  # fmt: skip

    class Meta:
        model = AllocationPlan
        fields = ["by"]

    field_order = ["by", "sizes", "strata"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("sizes", ", ".join(map(str, self.instance.blocks)))
        self.initial.setdefault("strata", self.instance.strata)

    def clean_sizes(self) -> list[int]:
        """Return the sizes as numbers."""
        typed = [part for part in re.split(r"[\s,;]+", self.cleaned_data["sizes"]) if part]
        if not all(part.isascii() and part.isdecimal() and 0 < int(part) <= LARGEST_BLOCK for part in typed):
            raise forms.ValidationError(
                _("Write whole numbers from 1 to 60 with commas between them, as in 4, 6.")
            )
        if len(typed) > MOST_BLOCKS:
            raise forms.ValidationError(_("Write six sizes or fewer."))
        return sorted({int(part) for part in typed})

    def clean(self) -> dict:
        """Put the sizes and the strata into the plan."""
        said = super().clean()
        if said.get("by") != Allocates.TABLE and "sizes" in said and not said["sizes"]:
            self.add_error("sizes", _("Write the size of a block, as in 4."))
        self.instance.blocks = said.get("sizes", [])
        self.instance.strata = said.get("strata", [])
        return said


class TableFile(forms.Form):
    """A table that says who is in which group."""

    table = forms.FileField(
        label=_("The table, as a CSV file"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_(
            "Its first row names the columns: participant, arm. Below it, a study code and the short name of a group "
            "in each row."
        ),
        error_messages={"required": _("Choose a CSV file."), "empty": _("This file is empty. Choose another.")},
    )  # fmt: skip

    def clean_table(self) -> UploadedFile:
        """Return the file where it is not too large."""
        table = self.cleaned_data["table"]
        if table.size > LARGEST:
            raise forms.ValidationError(_("This file is too large. Choose one below 1 MB."))
        return table


def blank(programme: Programme) -> Arm:
    """Return a group that is not stored yet."""
    return Arm(programme=programme)
