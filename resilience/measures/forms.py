"""One instrument as a form: radio groups named `<instrument>-<n>`, every one of which may be left out."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.measures.instrument import Instrument, Item

LONG_SCALE = 8


class Answers(forms.Form):
    """The answers to one instrument; `answers` holds what was chosen once the form is valid."""

    def __init__(self, *args: object, instrument: Instrument, profession: str = "", **kwargs: object) -> None:
        super().__init__(*args, prefix=instrument.key, **kwargs)
        self.instrument = instrument
        for item in instrument.asked:
            self.fields[item.key] = _field(item, instrument, profession)

    def clean(self) -> dict:
        """Refuse a question that was answered twice over in one post."""
        for key in self.fields:
            sent = self.data.getlist(self.add_prefix(key)) if hasattr(self.data, "getlist") else []
            if len(set(sent)) > 1:
                self.add_error(key, _("Choose one answer here."))
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, int]:
        """Return the chosen values by item; what was left out is absent."""
        return {key: int(value) for key, value in self.cleaned_data.items() if value not in ("", None)}


def build(instrument: Instrument, data: Mapping | None = None, *, profession: str = "",
          initial: Mapping | None = None) -> Answers:  # fmt: skip
    """Return the form of an instrument. `initial` holds item values kept from an earlier visit."""
    return Answers(data, instrument=instrument, profession=profession, initial=initial)


def _field(item: Item, instrument: Instrument, profession: str) -> forms.Field:
    field = _number(item, profession) if item.is_number else _row(item, profession)
    field.is_number = item.is_number
    field.is_scale = not item.is_number and len(item.options) > LONG_SCALE
    field.low_label, field.high_label = instrument.low_label, instrument.high_label
    return field


def _number(item: Item, profession: str) -> forms.IntegerField:
    low, high = min(item.values), max(item.values)
    words = _("Write a whole number from %(low)s to %(high)s, or leave this one out.") % {
        "low": low,
        "high": high,
    }
    return forms.IntegerField(
        label=item.words(profession), required=False, min_value=low, max_value=high,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
    )  # fmt: skip


def _row(item: Item, profession: str) -> forms.ChoiceField:
    choices = [(str(option.value), option.label) for option in item.options]
    return forms.ChoiceField(
        label=item.words(profession),
        choices=choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the answers shown, or leave this one out.")},
    )
