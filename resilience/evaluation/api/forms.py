"""What an evaluator says of a program that shall read."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience import languages
from resilience.evaluation.api import tokens


class NewToken(forms.Form):
    """What the token is for, and its last day."""

    name = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=80,
        help_text=gettext_lazy("So that you know it again, as in “Monthly figures, my laptop”."),
        error_messages={"required": gettext_lazy("Write what the token is for.")},
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Choose the last day on which it works."),
            "invalid": gettext_lazy("Write the day as in 2026-12-31."),
        },
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.latest = today, today + tokens.LONGEST - timedelta(days=1)
        self.fields["last_day"].help_text = _("At the latest {day}.").format(
            day=languages.day(self.latest, "j F Y")
        )

    def clean_last_day(self) -> date:
        """Return the day where it lies within a year from today."""
        day = self.cleaned_data["last_day"]
        if not self.today <= day <= self.latest:
            raise forms.ValidationError(_("Choose a day from today on, and within a year."))
        return day
