"""What somebody who runs programmes says of an instrument: by whose permission, in which words, who stands by."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from resilience.accounts.models import User
from resilience.measures.instrument_models import UseContext
from resilience.participants.models import Programme

LARGEST = 200_000  # bytes of a file of rules or words


def _text_of(file: UploadedFile) -> str:
    if file.size > LARGEST:
        raise forms.ValidationError(_("This file is too large. Choose one below 200 kB."))
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise forms.ValidationError(
            _("This file is not text in UTF-8. Save it as such, then choose it again.")
        ) from None


def _written(label: str, rows: int = 12) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=LARGEST, strip=False,
        widget=forms.Textarea(attrs={"rows": rows, "spellcheck": "false"}),
    )  # fmt: skip


class _FileOrText(forms.Form):
    """Takes a part either typed or as a file; a file comes first."""

    parts: tuple[str, ...] = ()

    def clean(self) -> dict:
        """Put what the file says in place of what was typed. Asks for one of the two."""
        said = super().clean()
        for part in self.parts:
            file = said.get(f"{part}_file")
            try:
                said[part] = _text_of(file) if file else said.get(part, "")
            except forms.ValidationError as why:
                self.add_error(f"{part}_file", why)
                continue
            if not said[part].strip():
                self.add_error(part, _("Choose a file, or paste what stands in it."))
        return said


class PermissionForm(_FileOrText):
    """By whose permission an instrument is shown, and the text that the site brings."""

    parts = ("words",)
    holder = forms.CharField(
        label=_("Who gave the permission?"),
        max_length=200,
        error_messages={"required": _("Write who gave it.")},
    )
    reference = forms.CharField(
        label=_("Where can the permission be found?"), max_length=200,
        help_text=_("For example: licence number 1234, or the e-mail of 3 May in the study folder."),
        error_messages={"required": _("Write where it can be found.")},
    )  # fmt: skip
    granted_on = forms.DateField(
        label=_("When was it given?"), widget=forms.DateInput(attrs={"type": "date", "class": "short"}),
        error_messages={"required": _("Choose the day.")},
    )  # fmt: skip
    use_context = forms.ChoiceField(
        label=_("For what use?"), widget=forms.RadioSelect, choices=UseContext.choices,
        error_messages={"required": _("Choose one.")},
    )  # fmt: skip
    words_file = forms.FileField(label=_("The text, as a file"), required=False)
    words = _written(_("Or paste the text here"))


class TableForm(forms.Form):
    """The owner's table from a sum to a score."""

    source = forms.CharField(
        label=_("Where is the table from?"),
        max_length=200,
        error_messages={"required": _("Write where it is from.")},
    )
    rows = forms.CharField(
        label=_("The table"), widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("One row a line: the sum, then its score. For example: 7 7.00"),
        error_messages={"required": _("Paste the rows.")},
    )  # fmt: skip


class OwnForm(_FileOrText):
    """The two files of a version of a site's own instrument."""

    parts = ("rules", "words")
    rules_file = forms.FileField(label=_("The rules, as a file"), required=False)
    rules = _written(_("Or paste the rules here"))
    words_file = forms.FileField(label=_("The text, as a file"), required=False)
    words = _written(_("Or paste the text here"))


class ExpertForm(forms.Form):
    """Whom to ask."""

    known_as = forms.CharField(
        label=_("Whom do you ask?"), max_length=80,
        help_text=_("What the list calls them: “ward sister, Riverside”. You pass the link on yourself."),
        error_messages={"required": _("Write what you call them.")},
    )  # fmt: skip


class PilotForm(forms.Form):
    """Where a version is tried out."""

    programme = forms.ModelChoiceField(
        label=_("In which programme?"), queryset=Programme.objects.none(), empty_label=_("Choose a programme"),
        error_messages={"required": _("Choose a programme.")},
    )  # fmt: skip

    def __init__(self, *args: object, programmes: list[Programme], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.filter(pk__in=[each.pk for each in programmes])


class CoverForm(forms.Form):
    """Who stands by in a programme, and how soon they answer."""

    first = forms.ModelChoiceField(
        label=_("First lead"), queryset=User.objects.none(), empty_label=_("Choose a person"),
        error_messages={"required": _("Choose a person.")},
    )  # fmt: skip
    second = forms.ModelChoiceField(
        label=_("Second lead"), queryset=User.objects.none(), empty_label=_("Choose a person"),
        error_messages={"required": _("Choose a person.")},
    )  # fmt: skip
    hours = forms.IntegerField(
        label=_("Within how many hours do they answer?"), min_value=1, max_value=72, initial=4,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={"required": _("Write a number from 1 to 72.")},
    )  # fmt: skip
    out_of_hours = forms.CharField(
        label=_("What happens outside these hours?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the words that people will read, with the numbers that answer day and night."),
        error_messages={"required": _("Write what happens then.")},
    )  # fmt: skip

    def __init__(self, *args: object, leads: list[User], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.fields[name].queryset = User.objects.filter(pk__in=[lead.pk for lead in leads])
            self.fields[name].label_from_instance = lambda lead: lead.email


class RatingForm(forms.Form):
    """Each item from 1 to 9 and a comment; any may be left out."""

    def __init__(self, *args: object, items: list, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"value-{item.key}"] = forms.ChoiceField(
                label=item.text, required=False, widget=forms.RadioSelect,
                choices=[(str(value), str(value)) for value in range(1, 10)],
            )  # fmt: skip
            self.fields[f"comment-{item.key}"] = forms.CharField(
                label=_("What would you change?"), required=False, max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        self.fields["whole"] = forms.CharField(
            label=_("What is missing, or too much?"), required=False, max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip

    @property
    def pairs(self) -> list[tuple]:
        """Return each item with its two fields."""
        return [(item, self[f"value-{item.key}"], self[f"comment-{item.key}"]) for item in self.items]

    @property
    def said(self) -> dict[str, tuple[int | None, str]]:
        """Return what was said, by item; the empty key is the whole."""
        found = {}
        for item in self.items:
            value, comment = self.cleaned_data[f"value-{item.key}"], self.cleaned_data[f"comment-{item.key}"]
            found[item.key] = (int(value) if value else None, comment)
        return found | {"": (None, self.cleaned_data["whole"])}
