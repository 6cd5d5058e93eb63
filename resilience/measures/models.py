"""When questions are asked, what was answered, what it scores."""

from datetime import datetime

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.measures.contact_models import ContactWish  # noqa: F401 - Django looks for an app's models here
from resilience.measures.instrument_models import (  # noqa: F401 - Django looks for an app's models here
    ConversionTable,
    Cover,
    Expert,
    OwnInstrument,
    Permission,
    Rating,
    Review,
)
from resilience.messaging.models import Channel
from resilience.participants.models import Programme, Respondent


class Anchor(models.TextChoices):
    """The event that a time point counts its days from."""

    ENROLMENT = "ENROLMENT", _("joining")
    LIVE_SESSION = "LIVE_SESSION", _("a live session was attended, or its date passed")
    MODULE = "MODULE", _("one part is done")
    MODULES_DONE = "MODULES_DONE", _("the last module is done")
    CALL = "CALL", _("a certain call was held, or the time for calls is over")
    CALLS_DONE = "CALLS_DONE", _("the last call was held, or the time for calls is over")
    TIMEPOINT = "TIMEPOINT", _("another time point fell due")


def _exactly_for(field: str, anchor: Anchor, *, filled: models.Q, empty: models.Q) -> models.CheckConstraint:
    """Return a constraint: `field` is filled for this anchor and empty for every other."""
    there = models.Q(anchor=anchor)
    return models.CheckConstraint(
        condition=(there & filled) | (~there & empty), name=f"{field}_is_set_for_its_anchor"
    )


class Timing(models.TextChoices):
    """When an answer came, seen from the day on which it was due."""

    EARLY = "EARLY", _("early")
    IN_TIME = "IN_TIME", _("in time")
    LATE = "LATE", _("late")


class Timepoint(db.Keyed):
    """When measures are asked: an anchor and days after it, at the latest so many days after joining.

    It opens `early_days` before its day, is in time for `window_days` from that day on, and takes answers, marked as
    late, for `late_days` more.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="timepoints")
    key = models.SlugField(max_length=20)
    label = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()
    anchor = models.CharField(max_length=12, choices=Anchor.choices)
    after = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    live_session = models.SlugField(
        max_length=60, blank=True, help_text=_("the word that all dates of that live session share")
    )
    module = models.SlugField(max_length=60, blank=True, help_text=_("the key of the part, without hyphens"))
    nth_call = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("1 for the first call"))
    offset_days = models.PositiveSmallIntegerField(default=0)
    latest_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("due at the latest so many days after joining, the event or not")
    )
    early_days = models.PositiveSmallIntegerField(
        default=0, help_text=_("opens so many days before; an answer then counts as early")
    )
    window_days = models.PositiveSmallIntegerField(default=28)
    late_days = models.PositiveSmallIntegerField(
        default=0, help_text=_("open so many days longer; an answer then counts as late")
    )
    planned_at = models.DateTimeField(
        null=True, blank=True, help_text=_("since when it stands in a timetable that was under way")
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="timepoint_keys_differ"),
            db.one_of("anchor", Anchor, name="anchor_is_known"),
            db.set_exactly_when(
                "after", status="anchor", is_="TIMEPOINT", name="after_is_set_for_timepoint_anchor"
            ),
            _exactly_for(
                "live_session",
                Anchor.LIVE_SESSION,
                filled=models.Q(live_session__gt=""),
                empty=models.Q(live_session=""),
            ),
            _exactly_for("module", Anchor.MODULE, filled=models.Q(module__gt=""), empty=models.Q(module="")),
            _exactly_for(
                "nth_call", Anchor.CALL, filled=models.Q(nth_call__gte=1), empty=models.Q(nth_call=None)
            ),
            models.CheckConstraint(
                condition=models.Q(window_days__gte=1), name="a_window_is_a_day_or_longer"
            ),
        ]


class PlannedMeasure(db.Keyed):
    """One cell of the grid: this instrument is asked at this time point."""

    timepoint = models.ForeignKey(Timepoint, on_delete=models.CASCADE, related_name="planned")
    instrument = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["timepoint", "instrument"], name="one_cell_of_the_grid")
        ]


class Occasion(db.Keyed):
    """A person, a time point, an instrument: made when the time point opens, with its days as they were then.

    `opens_at` stands where it opens before it is due, `late_at` where answers are taken after the window, and
    `overtaken_at` where it closed because a later time point opened.
    """

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="occasions")
    timepoint = models.ForeignKey(Timepoint, on_delete=models.PROTECT, related_name="occasions")
    instrument = models.SlugField(max_length=40)
    opens_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    late_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField()
    overtaken_at = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True, help_text=_("when its messages were planned"))
    invited_at = models.DateTimeField(null=True, blank=True, help_text=_("when word of it first went out"))
    invited_by = models.CharField(max_length=6, blank=True, choices=Channel.choices)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(planned_at=None), name="occasions_to_plan")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["respondent", "timepoint", "instrument"], name="one_occasion_each"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=Coalesce("opens_at", "due_at")),
                name="occasion_closes_after_it_opens",
            ),
        ]

    @property
    def open_from(self) -> datetime:
        """Return from when it takes answers."""
        return self.opens_at or self.due_at

    def open_at(self, moment: datetime) -> bool:
        """Return whether it takes answers at a moment."""
        return self.open_from <= moment < self.closes_at

    def timing(self, moment: datetime) -> str:
        """Return whether an answer at this moment is early, in time or late."""
        if moment < self.due_at:
            return Timing.EARLY
        return Timing.LATE if self.late_at is not None and moment >= self.late_at else Timing.IN_TIME


class WhyNot(models.TextChoices):
    """Why somebody is not asked something that stands in the grid."""

    RECALL = "RECALL", _("it was answered a short while before, and asks about the same days")
    OVERTAKEN = "OVERTAKEN", _("a later time point had opened before this one")
    PLANNED_LATER = "PLANNED_LATER", _("its time was over when it was planned")


class LeftOut(db.Keyed):
    """A cell of the grid that somebody is not asked, for a reason: it is counted as such, and is never missing."""

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="left_out")
    timepoint = models.ForeignKey(Timepoint, on_delete=models.PROTECT, related_name="left_out")
    instrument = models.SlugField(max_length=40)
    why = models.CharField(max_length=13, choices=WhyNot.choices)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["respondent", "timepoint", "instrument"], name="left_out_once_each"
            ),
            db.one_of("why", WhyNot, name="why_it_is_left_out_is_known"),
        ]


class TimetableVersion(db.Evidence):
    """The whole timetable of a programme as it stood from a moment on."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="timetable_versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    from_at = models.DateTimeField(null=True, help_text=_("empty: from the beginning"))

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="timetable_versions_differ")
        ]


class Response(db.Evidence):
    """The answers to one instrument, as given; never changed. A correction points at what it corrects."""

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="responses")
    occasion = models.ForeignKey(Occasion, null=True, on_delete=models.PROTECT, related_name="responses")
    instrument = models.SlugField(max_length=40)
    version = models.CharField(max_length=20)
    answers = models.JSONField(
        default=dict, help_text=_("item key to value as shown; an unanswered item is absent")
    )
    mode = models.CharField(max_length=20, default="web")
    language = models.CharField(max_length=10, blank=True)
    wording = models.SlugField(max_length=20, blank=True)
    submitted_at = models.DateTimeField()
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")

    class Meta:
        indexes = [models.Index(fields=["instrument", "respondent"])]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion"], condition=models.Q(corrects=None), name="one_response_per_occasion"
            )
        ]

    @property
    def timing(self) -> str:
        """Return whether it came early, in time or late; empty where no time point asked for it."""
        return self.occasion.timing(self.submitted_at) if self.occasion else ""


class Score(db.Keyed):
    """A scale of a response by one method; can be deleted and made again from the answers."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="scores")
    scale = models.SlugField(max_length=40)
    method = models.CharField(max_length=60)
    value = models.FloatField(null=True)
    n_answered = models.PositiveSmallIntegerField()
    prorated = models.BooleanField(default=False)
    why_none = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "scale", "method"], name="one_score_per_scale_and_method"
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True, why_none__gt="")
                | models.Q(value__isnull=False, why_none=""),
                name="a_score_has_a_value_or_a_reason",
            ),
        ]


class ResultsSeen(db.Keyed):
    """Somebody saw their own results, first at this moment: it can change what they answer afterwards."""

    respondent = models.OneToOneField(Respondent, on_delete=models.CASCADE, related_name="results_seen")
    first_at = models.DateTimeField()
