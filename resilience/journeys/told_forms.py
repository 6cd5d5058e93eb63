"""What is asked about messages: of somebody who takes part, and of whoever runs a programme."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.journeys.being_told import Nights
from resilience.participants.models import Enrolment

LONGEST_DAYS = 60


class Messages(forms.Form):
    """Of which programmes somebody wants word, and whether they are on nights."""

    programmes = forms.MultipleChoiceField(
        label=_("Write to me when a short page is ready"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Once when it is ready, and a reminder or two where you have not answered. Never after you have."),
    )  # fmt: skip
    nights = forms.ChoiceField(
        label=_("Are you on nights?"), widget=forms.RadioSelect, choices=Nights.choices,
        help_text=_(
            "We write between eight in the morning and eight in the evening. "
            "While you are on nights, between four and eight in the evening."
        ),
        error_messages={"required": _("Choose one.")},
    )  # fmt: skip

    def __init__(self, *args: object, enrolments: Sequence[Enrolment], nights: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programmes"].choices = [
            (str(each.pk), each.cohort.programme.public_name) for each in enrolments
        ]
        if nights != Nights.AS_IT_IS:
            self.fields["nights"].choices = self.fields["nights"].choices[:-1]


class Reminders(forms.Form):
    """How many reminders, and when."""

    HOW_MANY = [("0", _("None")), ("1", _("One")), ("2", _("Two"))]
    DAYS = {
        "min_value": 1, "max_value": LONGEST_DAYS,
        "error_messages": {
            "required": _("Write a number of days."), "invalid": _("Write a number of days, such as 3."),
            "min_value": _("One day at least."), "max_value": _("60 days at most."),
        },
    }  # fmt: skip
    reminders = forms.TypedChoiceField(
        label=_("How many reminders, where somebody has not answered?"), choices=HOW_MANY, coerce=int,
        widget=forms.RadioSelect, error_messages={"required": _("Choose one.")},
    )  # fmt: skip
    first = forms.IntegerField(label=_("The first, how many days after the page is ready?"), **DAYS)
    second = forms.IntegerField(label=_("The second, how many days after the page is ready?"), **DAYS)

    def clean(self) -> dict:
        """Return what was typed, with words where the second comes no later than the first."""
        cleaned = super().clean()
        first, second = cleaned.get("first"), cleaned.get("second")
        if first and second and second <= first:
            self.add_error("second", _("The second comes after the first. Write a larger number."))
        return cleaned
