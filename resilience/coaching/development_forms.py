"""What coaches write for themselves and for one another."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.coaching import interests


class Entry(forms.Form):
    """A few lines for the own log."""

    words = forms.CharField(
        label=_("What did you try, and what came of it?"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For you alone. Name nobody, and leave out what somebody told you."),
        error_messages={"required": _("Write a line or two first.")},
    )  # fmt: skip


class Lines(forms.Form):
    """A few lines to the other coaches."""

    words = forms.CharField(
        label=_("What would you like to say or ask?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("About coaching, never about somebody who takes part."),
        error_messages={"required": _("Write a line or two first.")},
    )  # fmt: skip
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)


class Meeting(forms.Form):
    """When and where coaches meet."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )
    time = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"}),
        error_messages={"required": _("Write a time like 09:00."), "invalid": _("Write a time like 09:00.")},
    )
    place = forms.CharField(
        label=_("Place or link"), max_length=200, error_messages={"required": _("Write where you meet.")}
    )

    def starts_at(self, zone: str) -> datetime:
        """Return the moment that was chosen, on clocks of this zone."""
        said = self.cleaned_data
        return datetime.combine(said["day"], said["time"], tzinfo=ZoneInfo(zone))


class Interest(forms.Form):
    """Which training somebody would take up."""

    topics = forms.MultipleChoiceField(
        label=_("Which training would you take up?"), choices=list(interests.TOPICS.items()),
        widget=forms.CheckboxSelectMultiple, help_text=_("Choose as many as you like."),
        error_messages={"required": _("Choose at least one; “None of these now” is one too.")},
    )  # fmt: skip
