"""What a manager is asked to set up when questions are asked: one time point, where to begin, calls and overlaps."""

from collections.abc import Mapping, Sequence

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from resilience.measures import schedules
from resilience.measures.models import Anchor, Timepoint
from resilience.participants.models import Coaching, Overlap, Programme

A_YEAR = 365
RESERVED = frozenset({"new", "calls"})  # words that addresses use themselves
KEY = _("Small letters, digits and hyphens only, for example t6.")
WHOLE = _("Write a whole number of days.")
NEEDS = {
    Anchor.LIVE_SESSION: ("live_session", _("Write the short word of the meeting.")),
    Anchor.MODULE: ("module", _("Choose the part.")),
    Anchor.CALL: ("nth_call", _("Write which call, 1 for the first.")),
    Anchor.TIMEPOINT: ("after", _("Choose the time point to count from.")),
}
EMPTY = {"live_session": "", "module": "", "nth_call": None, "after": None}
EVENTS = [
    (Anchor.ENROLMENT, _("Joining")),
    (Anchor.LIVE_SESSION, _("A meeting, attended or over")),
    (Anchor.MODULE, _("One part, done")),
    (Anchor.MODULES_DONE, _("Every part, done")),
    (Anchor.CALL, _("A certain call, or the end of the time for calls")),
    (Anchor.CALLS_DONE, _("The last call, or the end of the time for calls")),
    (Anchor.TIMEPOINT, _("Another time point, when it fell due")),
]


def _days(label: object, *, least: int = 0, most: int = A_YEAR, **more: object) -> forms.IntegerField:
    too_far = _("Write %(limit_value)s days or fewer.")
    return forms.IntegerField(
        label=label, widget=forms.NumberInput(attrs={"min": least, "max": most, "inputmode": "numeric"}),
        validators=[
            MinValueValidator(least, _("Write %(limit_value)s or more.")), MaxValueValidator(most, too_far)
        ],
        error_messages={"required": WHOLE, "invalid": WHOLE}, **more,
    )  # fmt: skip


class OneTimepoint(forms.ModelForm):
    """When one time point comes, and for how long it is open."""

    anchor = forms.ChoiceField(
        label=_("What does it count from?"), widget=forms.RadioSelect, choices=EVENTS,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )  # fmt: skip
    live_session = forms.SlugField(
        label=_("Which meeting?"), required=False, max_length=60,
        error_messages={"invalid": _("Write the short word of the meeting, for example workshop-1.")},
    )  # fmt: skip
    module = forms.ChoiceField(
        label=_("Which part?"), required=False, error_messages={"invalid_choice": _("Choose the part.")}
    )
    nth_call = forms.IntegerField(
        label=_("Which call?"), required=False, min_value=1, max_value=9,
        help_text=_("1 for the first call, 2 for the second."),
        error_messages={"invalid": _("Write which call, 1 for the first.")},
    )  # fmt: skip
    after = forms.ModelChoiceField(
        label=_("Which time point?"), required=False, queryset=Timepoint.objects.none(),
        help_text=_("One that comes before this one in the list."),
        error_messages={"invalid_choice": _("Choose a time point that comes before this one.")},
    )  # fmt: skip
    offset_days = _days(
        _("How many days after that?"), most=2 * A_YEAR,
        help_text=_("0 for straight away. Six weeks are 42 days, four months about 120."),
    )  # fmt: skip
    latest_days = _days(
        _("At the latest how many days after joining?"), required=False, most=2 * A_YEAR,
        help_text=_("For people to whom it never happens. Leave it empty to ask only those to whom it does."),
    )  # fmt: skip
    window_days = _days(_("For how many days is it open?"), least=1)
    early_days = _days(
        _("How many days before does it open?"),
        help_text=_("0 for on the day. Answers before the day count as early."),
    )
    late_days = _days(
        _("How many days longer are late answers taken?"),
        help_text=_("0 for none. These answers count as late."),
    )

    class Meta:
        model = Timepoint
        fields = [
            "label", "key", "anchor", "live_session", "module", "nth_call", "after", "offset_days", "latest_days",
            "window_days", "early_days", "late_days",
        ]  # fmt: skip
        labels = {"label": _("Name that people see"), "key": _("Short name in the data")}
        help_texts = {"label": _("For example: After the calls."), "key": _("It cannot be changed later.")}
        error_messages = {
            "label": {"required": _("Write a name.")},
            "key": {
                "required": KEY,
                "invalid": KEY,
                "unique": _("This short name is taken. Choose another."),
            },
        }

    def __init__(
        self, *args: object, sessions: Mapping[str, str], parts: Mapping[str, str], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["module"].choices = [("", _("Choose a part")), *parts.items()]
        self.fields["live_session"].help_text = _session_help(sessions)
        earlier = Timepoint.objects.filter(programme=self.instance.programme).order_by("position")
        if not self.instance._state.adding:
            earlier = earlier.filter(position__lt=self.instance.position)
            del self.fields["key"]
        self.fields["after"].queryset = earlier
        self.fields["after"].label_from_instance = lambda each: each.label
        self.fields["after"].empty_label = _("Choose a time point")

    def clean(self) -> dict:
        """Return what was typed, without what its event has no use for; with words for what is still needed."""
        cleaned = super().clean()
        needed, words = NEEDS.get(cleaned.get("anchor"), ("", ""))
        for name, empty in EMPTY.items():
            if name != needed:
                cleaned[name] = empty
                self.errors.pop(name, None)
        if needed and needed not in self.errors and not cleaned.get(needed):
            self.add_error(needed, words)
        self._check_key(cleaned)
        self._check_latest(cleaned)
        return cleaned

    def _check_key(self, cleaned: dict) -> None:
        if cleaned.get("key") in RESERVED:
            self.add_error("key", _("The site uses this word itself. Choose another."))
        taken = Timepoint.objects.filter(programme=self.instance.programme, key=cleaned.get("key", ""))
        if "key" in self.fields and taken.exists():
            self.add_error("key", _("This short name is taken. Choose another."))

    def _check_latest(self, cleaned: dict) -> None:
        offset, latest = cleaned.get("offset_days"), cleaned.get("latest_days")
        if offset is not None and latest is not None and latest < offset:
            words = _("This is sooner than the days above. Choose a later day, or leave it empty.")
            self.add_error("latest_days", words)


def _session_help(sessions: Mapping[str, str]) -> str:
    if not sessions:
        return _(
            "The short word on the page of the meeting, for example workshop-1. No meeting is published yet."
        )
    words = ", ".join(f"{word} ({title})" for word, title in sessions.items())
    return _("The short word on the page of the meeting. There are: %(words)s.") % {"words": words}


class BeginFrom(forms.Form):
    """Which ready-made timetable to begin from."""

    schedule = forms.ChoiceField(
        label=_("Begin from"), widget=forms.RadioSelect,
        choices=lambda: [(name, each.words) for name, each in schedules.SCHEDULES.items()],
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )  # fmt: skip


class Settling(forms.ModelForm):
    """How calls are offered, and what happens where time points meet."""

    coaching = forms.ChoiceField(
        label=_("Are calls offered?"), widget=forms.RadioSelect, choices=Coaching.choices
    )
    calls_offered = forms.IntegerField(
        label=_("How many calls?"),
        min_value=1,
        max_value=9,
        error_messages={"required": _("Write a number.")},
    )
    calls_close_after_days = _days(_("How many days after joining is the time for calls over?"), least=1)
    overlap = forms.ChoiceField(
        label=_("When questions open while earlier ones are open still"), widget=forms.RadioSelect,
        choices=Overlap.choices,
    )  # fmt: skip

    class Meta:
        model = Programme
        fields = ["coaching", "calls_offered", "calls_close_after_days", "overlap"]


class Grid(forms.Form):
    """Which instrument is asked at which time point: a box for each, and the order of the instruments."""

    def __init__(
        self, *args: object, instruments: Sequence, plan: Sequence[Timepoint], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instruments, self.plan = instruments, plan
        for place, each in enumerate(instruments, start=1):
            self.fields[f"at-{each.key}"] = forms.MultipleChoiceField(
                required=False,
                choices=[(timepoint.key, timepoint.label) for timepoint in plan],
                initial=[one.key for one in plan if _asks(one, each.key)],
                label=each.name,
                error_messages={
                    "invalid_choice": _("A time point was taken out meanwhile. Look at the grid again.")
                },
            )
            self.fields[f"order-{each.key}"] = forms.IntegerField(
                required=False, initial=place, min_value=1, max_value=99, label=_("Order"),
                widget=forms.NumberInput(
                    attrs={"class": "order", "aria-label": _("Order of %(name)s") % {"name": each.name}}
                ),
                error_messages={"invalid": _("Write a whole number."), "min_value": _("Write 1 or more.")},
            )  # fmt: skip

    def ticked(self, instrument: str) -> list[str]:
        """Return the time points at which an instrument is ticked now, as typed or as stored."""
        name = f"at-{instrument}"
        if not self.is_bound:
            return list(self.get_initial_for_field(self.fields[name], name) or [])
        known = dict(self.fields[name].choices)
        typed = self.data.getlist(name) if hasattr(self.data, "getlist") else self.data.get(name, [])
        return [key for key in typed if key in known]

    def asks(self) -> dict[str, list[str]]:
        """Return what is ticked at each time point, in the order wanted; an order that is no number comes last."""
        placed = sorted(self.instruments, key=lambda each: (self._place(each.key), each.name))
        return {
            one.key: [each.key for each in placed if one.key in self.ticked(each.key)] for one in self.plan
        }

    def _place(self, instrument: str) -> int:
        name = f"order-{instrument}"
        value = self.data.get(name) if self.is_bound else self.get_initial_for_field(self.fields[name], name)
        return int(value) if str(value).isdecimal() else 99

    def rows(self) -> list[dict]:
        """Return a row for each instrument, as the page shows it."""
        return [
            {
                "instrument": each,
                "order": self[f"order-{each.key}"],
                "name": f"at-{each.key}",
                "cells": [(one, one.key in self.ticked(each.key)) for one in self.plan],
            }
            for each in self.instruments
        ]


def _asks(timepoint: Timepoint, instrument: str) -> bool:
    return any(cell.instrument == instrument for cell in timepoint.planned.all())
