"""What is asked around a booking: whom one stands above, which times would suit, how else to talk."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.coaching import no_time
from resilience.coaching.booking_models import Kind
from resilience.coaching.models import Coach
from resilience.coaching.ways import OTHERS

ABOVE, BELOW = "above", "below"
LARGEST = 5 * 1024 * 1024


class Declaring(forms.Form):
    """One person at work who stands above or below, by their work e-mail or staff number."""

    relation = forms.ChoiceField(
        label=_("Who is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who it is.")},
        choices=[
            (f"{ABOVE}:{Kind.MANAGES}", _("Somebody who manages me")),
            (f"{ABOVE}:{Kind.SUPERVISES}", _("Somebody who supervises me")),
            (f"{ABOVE}:{Kind.ASSESSES}", _("Somebody who assesses me")),
            (f"{ABOVE}:{Kind.APPRAISES}", _("Somebody who appraises me")),
            (f"{BELOW}:{Kind.MANAGES}", _("Somebody whom I manage")),
            (f"{BELOW}:{Kind.SUPERVISES}", _("Somebody whom I supervise")),
            (f"{BELOW}:{Kind.ASSESSES}", _("Somebody whom I assess")),
            (f"{BELOW}:{Kind.APPRAISES}", _("Somebody whom I appraise")),
        ],
    )
    other = forms.CharField(
        label=_("Their work e-mail or staff number"),
        max_length=200,
        error_messages={"required": _("Write their work e-mail or staff number.")},
    )

    @property
    def said(self) -> dict:
        """Return what was declared, as `keeping_apart.declare` takes it."""
        where, _colon, kind = self.cleaned_data["relation"].partition(":")
        return {"kind": kind, "other": self.cleaned_data["other"], "other_is_above": where == ABOVE}


class Myself(forms.Form):
    """Another name under which others at work know this person."""

    known_as = forms.CharField(
        label=_("Your work e-mail or staff number"),
        max_length=200,
        error_messages={"required": _("Write your work e-mail or staff number.")},
    )


class Wanting(forms.Form):
    """The days and parts of the day that would suit."""

    days = forms.MultipleChoiceField(
        label=_("Which days would suit you?"),
        required=False,
        choices=no_time.DAYS,
        widget=forms.CheckboxSelectMultiple,
    )
    parts = forms.MultipleChoiceField(
        label=_("At what time of day?"),
        required=False,
        choices=no_time.PARTS,
        widget=forms.CheckboxSelectMultiple,
    )
    tell_me = forms.BooleanField(label=_("Write to me once when there is a free time"), required=False)

    def clean(self) -> dict:
        """Ask for at least something."""
        said = self.cleaned_data
        if not (said.get("days") and said.get("parts")) and not said.get("tell_me"):
            self.add_error("days", _("Tick a day and a time of day, or let us write to you."))
        return said


class AnotherWay(forms.Form):
    """How somebody would rather talk."""

    way = forms.ChoiceField(
        label=_("How would you like to talk?"),
        choices=[(way.value, way.label) for way in OTHERS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you would like to talk.")},
    )


class Arranging(forms.Form):
    """With whom, when and where: what the lead agreed with both."""

    coach = forms.ChoiceField(label=_("With"), error_messages={"required": _("Choose a coach.")})
    date = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}),
        error_messages={"required": _("Choose a day."), "invalid": _("Write a day like 2026-12-24.")},
    )
    time = forms.TimeField(
        label=_("Time, by the coach's clock"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"),
        error_messages={"required": _("Write a time like 09:00."), "invalid": _("Write a time like 09:00.")},
    )
    meet_at = forms.CharField(
        label=_("How they meet"),
        help_text=_("A link, a room, or the number of the text relay. Both of them see it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write how they meet.")},
    )
    outside = forms.BooleanField(
        label=_("Both agreed to this time, outside the coach's hours"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: object, coaches: list[Coach], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.coaches = {coach.slug: coach for coach in coaches}
        self.fields["coach"].choices = [(coach.slug, coach.shown_name) for coach in coaches]

    def ask_about_hours(self) -> None:
        """Ask once more about a time at which the coach does not work."""
        self.add_error("time", _("This is outside the coach's hours. Choose another time, or tick below."))
        self.fields["outside"].widget = forms.CheckboxInput()

    @property
    def agreed(self) -> dict:
        """Return what was agreed, as `other_ways.arrange` takes it."""
        said = self.cleaned_data
        coach = self.coaches[said["coach"]]
        local = datetime.combine(said["date"], said["time"], tzinfo=ZoneInfo(coach.time_zone))
        return {"coach": coach, "starts_at": local.astimezone(UTC), "meet_at": said["meet_at"]}


class Relations(forms.Form):
    """A list of a whole organisation."""

    file = forms.FileField(
        label=_("The list, as a CSV file"), error_messages={"required": _("Choose a file.")}
    )

    def clean_file(self) -> bytes:
        """Return its content. Says so where it is too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return file.read()
