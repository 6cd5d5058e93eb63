"""A line about the hours somebody spent, for themselves alone: made when they ask, and stored nowhere."""

from datetime import date
from decimal import Decimal

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from resilience import clock, languages, pdf
from resilience.engagement import completions
from resilience.participants.models import Enrolment

LEAST, MOST, STEP = Decimal("0.5"), Decimal(40), Decimal("0.5")
HOURS = _("Write a number of hours from 0.5 to 40, in halves: 1.5, for example.")
DAY = _("Choose a day.")


class Form(forms.Form):
    """What stands on it: all of it typed by the person, none of it kept."""

    name = forms.CharField(
        label=_("Your name, as it should stand there"),
        max_length=120,
        error_messages={"required": _("Write the name that should stand there.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    hours = forms.DecimalField(
        label=_("How many hours?"),
        help_text=_("Whatever you would say yourself, in halves: reading, thinking and talking count too."),
        min_value=LEAST,
        max_value=MOST,
        step_size=STEP,
        error_messages={
            "required": HOURS,
            "invalid": HOURS,
            "min_value": HOURS,
            "max_value": HOURS,
            "step_size": HOURS,
        },
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "decimal"}),
    )
    first = forms.DateField(
        label=_("From which day?"),
        error_messages={"required": DAY, "invalid": DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
    )
    last = forms.DateField(
        label=_("To which day?"),
        error_messages={"required": DAY, "invalid": DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
    )

    def clean(self) -> dict:
        """Refuse days that are to come, or that stand the wrong way round."""
        typed = super().clean()
        first, last = typed.get("first"), typed.get("last")
        today = clock.local_day(clock.now(), "Europe/London")
        if last and last > today:
            self.add_error("last", _("Choose today or a day before."))
        elif first and last and first > last:
            self.add_error("first", _("Choose a day that is not after the last one."))
        return typed


def is_open(enrolment: Enrolment) -> bool:
    """Return whether somebody has a part behind them; from then on they may make as many as they like."""
    return bool(completions.behind(enrolment))


def sentence(*, name: str, hours: Decimal, first: date, last: date) -> str:
    """Return the one sentence that it says."""
    words = ngettext(
        "%(name)s spent %(hours)s hour on professional learning between %(first)s and %(last)s.",
        "%(name)s spent %(hours)s hours on professional learning between %(first)s and %(last)s.",
        1 if hours == 1 else 2,
    )
    days = {"first": languages.day(first, "j F Y"), "last": languages.day(last, "j F Y")}
    return words % {"name": name, "hours": f"{hours.normalize():f}", **days}


def printed(words: str) -> bytes:
    """Return it as a tagged PDF. Raises pdf.Unavailable."""
    return pdf.render(html=render_to_string("journeys/certificate_document.html", {"words": words}))
