"""What participants and coaches fill in."""

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.coaching import hours
from resilience.coaching.models import Outcome
from resilience.coaching.ways import Place
from resilience.telephony import numbers

CHOOSE_A_TIME = _("Choose a time.")


class Choosing(forms.Form):
    """A time; at the first booking the page's once-only word, and a number where we have none."""

    time = forms.CharField(error_messages={"required": CHOOSE_A_TIME})
    request = forms.UUIDField(
        error_messages={
            "required": _("This page is too old. Choose a time and press the button once more."),
            "invalid": _("This page is too old. Choose a time and press the button once more."),
        }
    )
    phone = forms.CharField(required=False, max_length=40)
    place = forms.CharField(required=False)

    def __init__(
        self, *args: object, needs_phone: bool = False, moving: bool = False, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needs_phone = needs_phone
        self.fields["request"].required = not moving

    def clean_place(self) -> str:
        """Return where they will be; what is not on offer is not kept."""
        return self.cleaned_data["place"] if self.cleaned_data["place"] in Place.values else ""

    def clean_phone(self) -> str:
        """Return what was typed where it is a number. Says what to write where it is not."""
        typed = self.cleaned_data["phone"]
        if not self.needs_phone:
            return ""
        if not typed.strip():
            raise forms.ValidationError(_("Write the number that we should ring, like 07700 900123."))
        try:
            numbers.parse(typed)
        except numbers.NotANumber as error:
            raise forms.ValidationError(str(error)) from None
        return typed


class OwnNumber(forms.Form):
    """The number that we should ring and text."""

    phone = forms.CharField(
        label=_("The number that we should ring"), max_length=40,
        help_text=_("A mobile or a landline. Your coach never sees it."),
        error_messages={"required": _("Write the number that we should ring, like 07700 900123.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip

    def clean_phone(self) -> str:
        """Return what was typed where it is a number. Says what to write where it is not."""
        try:
            numbers.parse(self.cleaned_data["phone"])
        except numbers.NotANumber as error:
            raise forms.ValidationError(str(error)) from None
        return self.cleaned_data["phone"]


class Saying(forms.Form):
    """The coach's word on how a call went: filled in from what the telephone saw."""

    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[
            (Outcome.FULFILLED, _("We talked")),
            (Outcome.PARTICIPANT_NO_SHOW, _("A missed call: they could not be reached")),
            (Outcome.COACH_NO_SHOW, _("I could not make it")),
            (Outcome.FAILED, _("The line did not work")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what fits best.")},
    )
    minutes = forms.FloatField(
        label=_("Minutes of talk"),
        min_value=0,
        max_value=180,
        widget=forms.NumberInput(attrs={"class": "short", "step": "any", "inputmode": "decimal"}),
        error_messages={
            "required": _("Write the number of minutes, 0 if you did not talk."),
            "invalid": _("Minutes of talk: write a number, like 25."),
            "min_value": _("Minutes of talk: write a number, 0 or more."),
            "max_value": _("Minutes of talk: write a number up to 180."),
        },
    )


TIME_ERRORS = {"invalid": _("Write a time like 09:00.")}


class Week(forms.Form):
    """Weekly hours: two stretches a day, each from and to."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in hours.names():
            self.fields[name] = forms.TimeField(
                required=False,
                error_messages=TIME_ERRORS,
                widget=forms.TimeInput(attrs={"type": "time", "class": "short", "step": 300}, format="%H:%M"),
            )
        told = self.data.get("overnight") or self.initial.get("overnight")
        self.fields["overnight"] = forms.BooleanField(
            label=_("Hours that end before they begin go on into the next day"), required=False,
            widget=forms.CheckboxInput if told else forms.HiddenInput,
        )  # fmt: skip

    def clean(self) -> dict:
        """Check that each stretch has both ends and the second begins after the first is over."""
        for weekday in range(7):
            self._check(weekday)
        return self.cleaned_data

    def _check(self, weekday: int) -> None:
        ends = []
        for part in range(hours.PARTS):
            start, end = hours.name(weekday, part, "from"), hours.name(weekday, part, "to")
            begins, stops = self.cleaned_data.get(start), self.cleaned_data.get(end)
            if begins and not stops and end not in self.errors:
                self.add_error(end, _("Write when these hours end."))
            if stops and not begins and start not in self.errors:
                self.add_error(start, _("Write when these hours begin."))
            if begins and stops:
                self._check_end(end, begins, stops)
                if ends and begins < ends[-1]:
                    self.add_error(start, _("Begin after the hours before are over."))
                ends.append(stops)

    def _check_end(self, end: str, begins: time, stops: time) -> None:
        if begins == stops:
            self.add_error(end, _("Write an end later than the beginning."))
        elif stops < begins and not self.cleaned_data["overnight"]:
            self.add_error(
                end,
                _("This is earlier than the beginning. Put it right, or say below that it is the next day."),
            )
            self.fields["overnight"].widget = forms.CheckboxInput()

    @property
    def asks_about_nights(self) -> bool:
        """Return whether the page shows the tick for hours that go on into the next day."""
        return not self["overnight"].is_hidden

    @property
    def stretches(self) -> list[hours.Stretch]:
        """Return the weekly hours that were filled in."""
        found = []
        for weekday in range(7):
            for part in range(hours.PARTS):
                begins = self.cleaned_data.get(hours.name(weekday, part, "from"))
                stops = self.cleaned_data.get(hours.name(weekday, part, "to"))
                if begins and stops:
                    found.append(hours.Stretch(weekday, begins, stops))
        return found


class DayOff(forms.Form):
    """One day on which a coach is not free, or an extra stretch of hours."""

    date = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}),
        error_messages={"required": _("Choose a day."), "invalid": _("Write a day like 2026-12-24.")},
    )
