"""What an evaluator tells of a unit in a period, or gives as a file."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience.evaluation import system_outcomes
from resilience.evaluation.dataset import told_of_units, values
from resilience.evaluation.models import Thing
from resilience.evaluation.system_models import LONGEST_PERIOD, LONGEST_UNIT

TOO_LONG = gettext_lazy("Write %(limit_value)s letters or fewer.")


class OneUnit(forms.Form):
    """A unit, a period, and what is known of it: one number or more."""

    unit = forms.CharField(
        label=gettext_lazy("Which unit?"), max_length=LONGEST_UNIT,
        help_text=gettext_lazy("A ward, a team or a station. Never a person."),
        error_messages={"required": gettext_lazy("Write the unit."), "max_length": TOO_LONG},
    )  # fmt: skip
    period = forms.CharField(
        label=gettext_lazy("Which period?"), max_length=LONGEST_PERIOD,
        help_text=gettext_lazy("For example: 2027 Q1. Write all periods in the same way, so that they sort."),
        error_messages={"required": gettext_lazy("Write the period."), "max_length": TOO_LONG},
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for thing in Thing:
            self.fields[thing.value] = _number(thing)

    def clean_unit(self) -> str:
        """Return the unit's name as a file would give it."""
        return self._text("unit", told_of_units.name_of_unit)

    def clean_period(self) -> str:
        """Return the period's name as a file would give it."""
        return self._text("period", told_of_units.name_of_period)

    def _text(self, name: str, read: values.Reader) -> str:
        try:
            return read(self.cleaned_data[name])
        except values.Odd as odd:
            raise forms.ValidationError(_("It {words}.").format(words=odd)) from odd

    def clean(self) -> dict:
        """Refuse a unit of which nothing is told."""
        given = super().clean()
        if not self.errors and all(given.get(each) is None for each in Thing.values):
            raise forms.ValidationError(_("Write at least one number."))
        return given

    def rows(self) -> list[told_of_units.Told]:
        """What was told."""
        given = self.cleaned_data
        return [
            told_of_units.Told(given["unit"], given["period"], each, given[each])
            for each in Thing.values
            if given[each] is not None
        ]


def _number(thing: Thing) -> forms.FloatField:
    low, high = told_of_units.RANGES[thing]
    words = format_lazy(
        gettext_lazy("Write a number from {low} to {high}, or leave it empty."), low=low, high=high
    )
    return forms.FloatField(
        label=thing.label, required=False, min_value=low, max_value=high,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
    )  # fmt: skip


class OneFile(forms.Form):
    """A CSV file of outcomes."""

    file = forms.FileField(
        label=gettext_lazy("The file, as CSV"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": gettext_lazy("Choose a CSV file."),
            "empty": gettext_lazy("This file is empty. Choose another."),
        },
    )  # fmt: skip

    def clean_file(self) -> bytes:
        """Return what the file holds, where it is not too large."""
        file = self.cleaned_data["file"]
        if file.size > system_outcomes.MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB. Split it."))
        return file.read()


class Which(forms.Form):
    """The unit and period that are taken out."""

    unit = forms.CharField(max_length=LONGEST_UNIT, strip=False)
    period = forms.CharField(max_length=LONGEST_PERIOD, strip=False)
