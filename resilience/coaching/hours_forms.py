"""What coaches fill in about their time beside the week, and managers about a programme's calls."""

from datetime import date, timedelta
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.coaching import choosing, fetching, hours
from resilience.coaching.models import AvailabilityException, Coach
from resilience.page_tags import city

LONGEST_ABSENCE = timedelta(days=400)
NOT_A_DAY, NOT_A_TIME = _("Write a day like 2026-12-24."), _("Write a time like 09:00.")
A_NUMBER = _("Write a number.")


def _day(label: str, **options: object) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": NOT_A_DAY},
        **options,
    )


def _time(label: str, **options: object) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time", "class": "short", "step": 300}, format="%H:%M"),
        error_messages={"required": NOT_A_TIME, "invalid": NOT_A_TIME},
        **options,
    )


def number(label: str, *, least: int, most: int, **options: object) -> forms.IntegerField:
    """Return a field for a whole number between two others, refused in our words."""
    words = _("Write a number from %(least)s to %(most)s.") % {"least": least, "most": most}
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={"required": words, "invalid": words, "min_value": words, "max_value": words},
        **options,
    )


class OtherDay(forms.Form):
    """Extra hours on one day, or some hours of it off."""

    prefix = "other"
    date = _day(_("Day"))
    kind = forms.ChoiceField(
        label=_("On this day"),
        choices=[
            (AvailabilityException.Kind.EXTRA, _("I can also be booked between these times")),
            (AvailabilityException.Kind.NONE, _("I cannot be booked between these times")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    starts = _time(_("From"))
    ends = _time(_("to"))

    def clean(self) -> dict:
        """Check that the hours have a length."""
        found = super().clean()
        if found.get("starts") and found.get("starts") == found.get("ends"):
            self.add_error("ends", _("Write an end later than the beginning."))
        return found


class Away(forms.Form):
    """An absence."""

    prefix = "away"
    first = _day(_("First day away"))
    last = _day(_("Last day away"))

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict:
        """Check that it ends after it begins, and not long ago."""
        found = super().clean()
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error("last", _("Choose a last day that is not before the first."))
        elif last and last < self.today:
            self.add_error("last", _("This day is over. Choose a later one."))
        elif first and last and last - first > LONGEST_ABSENCE:
            self.add_error("last", _("Choose a day within a year or so. You can add to it later."))
        return found


class Terms(forms.Form):
    """How a coach can be booked."""

    gap_minutes = number(_("Minutes of rest after each call"), least=0, most=120)
    notice_hours = number(_("Until how many hours before can a call be booked?"), least=0, most=336)
    horizon_days = number(_("How many days ahead can a call be booked?"), least=1, most=365)
    most_per_day = number(_("At most so many calls a day"), least=1, most=50, required=False)
    most_per_week = number(_("At most so many calls a week"), least=1, most=200, required=False)
    time_zone = forms.ChoiceField(
        label=_("I live by the clock of"), error_messages={"required": _("Choose a place from the list.")}
    )

    def __init__(self, *args: object, coach: Coach, **kwargs: object) -> None:
        names = list(self.base_fields)
        super().__init__(*args, initial={name: getattr(coach, name) for name in names}, **kwargs)
        zones = sorted({*choosing.ZONES, coach.time_zone} & available_timezones(), key=city)
        self.fields["time_zone"].choices = [(zone, city(zone)) for zone in zones]
        self.fields["time_zone"].error_messages["invalid_choice"] = _("Choose a place from the list.")
        for name in ("most_per_day", "most_per_week"):
            self.fields[name].help_text = _("Leave it empty for as many as fit.")

    @property
    def terms(self) -> hours.Terms:
        """Return what was filled in."""
        return hours.Terms(**self.cleaned_data)


class OwnCalendar(forms.Form):
    """The address of a calendar of the coach's own."""

    prefix = "own"
    address = forms.CharField(
        label=_("Secret address of your calendar, in iCal form"),
        max_length=1000,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Paste the address that your calendar gives you.")},
    )

    def __init__(self, *args: object, near: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.near = near

    def clean_address(self) -> str:
        """Return an address that may be asked. Says what it has to look like where it may not."""
        try:
            fetching.check(self.cleaned_data["address"], near=self.near)
        except fetching.CannotRead:
            raise forms.ValidationError(
                _("Paste an address that starts with https:// or webcal://")
            ) from None
        return self.cleaned_data["address"].strip()


class Calls(forms.Form):
    """How a programme's calls are."""

    call_minutes = number(_("Minutes that a call takes"), least=10, most=120)
    calls_offered = number(_("Calls that each person is offered"), least=1, most=20)
    calls_close_after_days = number(_("Days after joining until which calls are offered"), least=7, most=730)
