"""What is asked of whoever makes a coach, changes one or ends one."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.coaching.making import Facts
from resilience.coaching.models import Coach
from resilience.participants.models import Programme
from resilience.telephony import numbers

DAY = _("Choose a day.")


class Shown(forms.Form):
    """What participants see of a coach, and the telephone that we ring."""

    shown_name = forms.CharField(
        label=_("Name that participants see"), max_length=80,
        error_messages={"required": _("Write the name that participants see.")},
    )  # fmt: skip
    profile = forms.CharField(
        label=_("About this coach"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences, as the coach would say them."),
    )  # fmt: skip
    languages = forms.CharField(
        label=_("Languages"), max_length=120, initial="English", help_text=_("With a comma between them."),
        error_messages={"required": _("Write at least one language.")},
    )  # fmt: skip
    background = forms.CharField(
        label=_("Clinical background"), required=False, max_length=120,
        help_text=_("For example: nurse in recovery for twelve years. Leave it empty where there is none."),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Telephone that we ring"), required=False, max_length=40,
        help_text=_("Participants never see it. Without it no call can be held."),
        widget=forms.TextInput(attrs={"type": "tel", "class": "short"}),
    )  # fmt: skip

    def clean_phone(self) -> str:
        """Return what was typed where it is a number. Says what to write where it is not."""
        typed = self.cleaned_data["phone"]
        try:
            return numbers.parse(typed).e164 if typed.strip() else ""
        except numbers.NotANumber as error:
            raise forms.ValidationError(str(error)) from None

    @property
    def facts(self) -> Facts:
        """Return what is said of the coach."""
        said = self.cleaned_data
        spoken = [each.strip() for each in said["languages"].split(",") if each.strip()]
        plain = {name: said[name] for name in ("shown_name", "profile", "background", "phone")}
        return Facts(**plain, languages=spoken, most_people=said.get("most_people"))


class OwnPage(Shown):
    """The same, as the coach is asked; they keep a number, and how many they take is settled with their manager."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].label, self.fields["profile"].help_text = (
            _("About you"),
            _("Two or three sentences."),
        )
        phone = self.fields["phone"]
        phone.required, phone.help_text = True, _("Nobody whom you talk with sees it.")
        phone.error_messages["required"] = _("Write the number that we ring, or no call can be held.")


class CoachForm(Shown):
    """The same, as managers are asked, with the programmes and the most people at once."""

    most_people = forms.IntegerField(
        label=_("The most people at once"), required=False, min_value=1, max_value=500,
        help_text=_("Leave it empty for no limit."),
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write a whole number from 1 to 500, or leave it empty.")
        ),
    )  # fmt: skip
    programmes = forms.MultipleChoiceField(
        label=_("Coaches in"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: object, among: Sequence[Programme], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.among = among
        self.fields["programmes"].choices = [(each.slug, each.public_name) for each in among]

    @property
    def chosen(self) -> list[Programme]:
        """Return the programmes that were ticked."""
        return [each for each in self.among if each.slug in self.cleaned_data["programmes"]]


class NewCoach(CoachForm):
    """The same, with the address that they sign in with."""

    address = forms.EmailField(
        label=_("E-mail address"), max_length=254,
        help_text=_("They sign in with a code that is sent there."),
        error_messages={
            "required": _("Write an e-mail address."),
            "invalid": _("Write an e-mail address like name@example.org."),
        },
    )  # fmt: skip
    field_order = ("address",)


def standing(coach: Coach) -> dict:
    """Return what stands of a coach, as the form's first values."""
    return {
        "shown_name": coach.shown_name,
        "profile": coach.profile,
        "languages": ", ".join(coach.languages),
        "background": coach.background,
        "phone": coach.phone,
        "most_people": coach.most_people,
        "programmes": [each.slug for each in coach.programmes.all()],
    }


class OnADay(forms.Form):
    """A day: when a practice call was held, or the last one of a coach."""

    day = forms.DateField(
        error_messages={"required": DAY, "invalid": DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
    )

    def __init__(self, *args: object, label: str, first: date | None = None, last: date | None = None,
                 **kwargs: object) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["day"].label, self.first, self.last = label, first, last

    def clean_day(self) -> date:
        """Return a day in the span that makes sense."""
        day = self.cleaned_data["day"]
        if self.last and day > self.last:
            raise forms.ValidationError(_("Choose today or a day before."))
        if self.first and day < self.first:
            raise forms.ValidationError(_("Choose today or a day to come."))
        return day
