"""When questions are asked, what was answered, what it scores."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.participants.models import Programme, Respondent


class Anchor(models.TextChoices):
    """The event that a time point counts its days from."""

    ENROLMENT = "ENROLMENT", _("joining")
    MODULES_DONE = "MODULES_DONE", _("the last module is done")
    CALLS_DONE = "CALLS_DONE", _("the last call was held")
    TIMEPOINT = "TIMEPOINT", _("another time point fell due")
    LIVE_SESSION = "LIVE_SESSION", _("a live session was attended, or its date passed")


class Timepoint(db.Keyed):
    """When measures are asked: an anchor and days after it, at the latest so many days after joining."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="timepoints")
    key = models.SlugField(max_length=20)
    label = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()
    anchor = models.CharField(max_length=12, choices=Anchor.choices)
    after = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    live_session = models.SlugField(
        max_length=60, blank=True, help_text=_("the word that all dates of that live session share")
    )
    offset_days = models.PositiveSmallIntegerField(default=0)
    latest_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("due at the latest so many days after joining, the event or not")
    )
    window_days = models.PositiveSmallIntegerField(default=28)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="timepoint_keys_differ"),
            db.one_of("anchor", Anchor, name="anchor_is_known"),
            db.set_exactly_when(
                "after", status="anchor", is_="TIMEPOINT", name="after_is_set_for_timepoint_anchor"
            ),
            models.CheckConstraint(
                condition=models.Q(anchor="LIVE_SESSION", live_session__gt="")
                | (~models.Q(anchor="LIVE_SESSION") & models.Q(live_session="")),
                name="live_session_is_set_for_its_anchor",
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
    """A person, a time point, an instrument: made when the time point falls due."""

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="occasions")
    timepoint = models.ForeignKey(Timepoint, on_delete=models.PROTECT, related_name="occasions")
    instrument = models.SlugField(max_length=40)
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["respondent", "timepoint", "instrument"], name="one_occasion_each"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("due_at")),
                name="occasion_closes_after_it_falls_due",
            ),
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
