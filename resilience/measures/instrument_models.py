"""What a site adds to the instruments: permissions with texts, a table, versions of its own, and who stands by."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.accounts.models import User
from resilience.participants.models import Programme


class UseContext(models.TextChoices):
    """For what a site may use an instrument."""

    CLINICAL = "clinical", _("in clinical care")
    COMMERCIAL = "commercial", _("in something that is sold")
    EDUCATIONAL = "educational", _("in teaching and training")
    RESEARCH = "research", _("in research and evaluation")


class Permission(db.Keyed):
    """A site may show an instrument: by whose permission, and the text it brings. The newest that stands counts."""

    instrument = models.SlugField(max_length=40)
    version = models.CharField(max_length=20)
    reference = models.CharField(max_length=200)
    holder = models.CharField(max_length=200)
    granted_on = models.DateField()
    use_context = models.CharField(max_length=12, choices=UseContext.choices)
    words = models.TextField(blank=True)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            db.one_of("use_context", UseContext, name="use_context_is_known"),
            models.UniqueConstraint(
                fields=["instrument", "version"], condition=Q(ended_at=None), name="one_standing_permission"
            ),
        ]


class ConversionTable(db.Evidence):
    """The owner's table from a sum to a score, typed in by the site; a correction is a table with the next number."""

    instrument = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField()
    rows = models.JSONField(help_text=_("sum as text to score"))
    source = models.CharField(max_length=200)
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instrument", "number"], name="tables_are_numbered")]


class Stage(models.TextChoices):
    """Where a version of a site's own instrument stands."""

    DRAFT = "DRAFT", _("being written")
    IN_REVIEW = "IN_REVIEW", _("with experts")
    PILOT = "PILOT", _("being tried out")
    LOCKED = "LOCKED", _("locked")


class Locked(Exception):
    """The rules and words of a version that is tried out or locked do not change; a change is a new version."""


CONTENT = frozenset({"key", "version", "rules", "words"})
FIXED = (Stage.PILOT, Stage.LOCKED)


class OwnInstrumentQuerySet(models.QuerySet):
    """Moves versions on; never changes what one that is tried out or locked says."""

    def update(self, **values: object) -> int:
        """Update. Raises Locked where content of a fixed version, or the stage of a locked one, would change."""
        touched = CONTENT & set(values)
        if touched and self.filter(stage__in=FIXED).exists():
            raise Locked
        if self.filter(stage=Stage.LOCKED).exists():
            raise Locked
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete drafts alone. Raises Locked for anything that was tried out or locked."""
        if self.filter(stage__in=FIXED).exists():
            raise Locked
        return super().delete()


class OwnInstrument(db.Keyed):
    """One version of a site's own instrument: its two files, and where it stands between draft and locked."""

    key = models.SlugField(max_length=40)
    version = models.CharField(max_length=20)
    rules = models.TextField()
    words = models.TextField()
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.DRAFT)
    piloted_in = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    locked_by = models.UUIDField(null=True)
    locked_at = models.DateTimeField(null=True)

    objects = OwnInstrumentQuerySet.as_manager()

    class Meta:
        ordering = ["key", "made_at"]
        constraints = [
            db.one_of("stage", Stage, name="stage_is_known"),
            models.UniqueConstraint(fields=["key", "version"], name="own_versions_differ"),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(stage__in=["DRAFT", "IN_REVIEW"]),
                name="one_own_version_in_the_making",
            ),
            db.set_exactly_when("locked_at", status="stage", is_="LOCKED", name="locked_at_when_locked"),
            models.CheckConstraint(
                condition=~Q(stage="PILOT") | Q(piloted_in__isnull=False), name="a_pilot_has_a_programme"
            ),
        ]

    @classmethod
    def from_db(cls, using: str, names: list[str], values: tuple) -> "OwnInstrument":
        """Return the stored row, and remember at which stage it was stored."""
        row = super().from_db(using, names, values)
        row._stored_at = row.__dict__.get("stage")
        return row

    def save(self, *args: object, **kwargs: object) -> None:
        """Store a new version or a draft. Raises Locked once it is tried out or locked."""
        if not self._state.adding and getattr(self, "_stored_at", Stage.LOCKED) in FIXED:
            raise Locked
        super().save(*args, **kwargs)
        self._stored_at = self.stage

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Delete a draft. Raises Locked once it is tried out or locked."""
        if getattr(self, "_stored_at", self.stage) in FIXED:
            raise Locked
        return super().delete(*args, **kwargs)


class Review(db.Keyed):
    """Experts rate the items of a version as they stood; revised words make the next review."""

    instrument = models.ForeignKey(OwnInstrument, on_delete=models.CASCADE, related_name="reviews")
    number = models.PositiveSmallIntegerField()
    rules = models.TextField()
    words = models.TextField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="reviews_are_numbered"),
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(closed_at=None), name="one_open_review"
            ),
        ]


class Expert(db.Keyed):
    """Somebody asked to rate the items of a version, by a link of which only the hash is kept."""

    instrument = models.ForeignKey(OwnInstrument, on_delete=models.CASCADE, related_name="experts")
    known_as = models.CharField(max_length=80)
    code_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()


class Rating(db.Evidence):
    """What an expert thinks of an item, from 1 to 9, and why; an empty item is the whole instrument."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="ratings")
    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="ratings")
    item = models.SlugField(max_length=40, blank=True)
    value = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(max_length=1000, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "expert", "item"], name="an_expert_rates_an_item_once"),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=1, value__lte=9), name="ratings_go_from_1_to_9"
            ),
        ]


class Cover(db.Keyed):
    """Who stands by in a programme that asks about thoughts of harm: two leads and how soon they answer.

    One person proposes it, another confirms it; a new one ends the one before.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="covers")
    first_lead = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    second_lead = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    answer_within_hours = models.PositiveSmallIntegerField()
    out_of_hours = models.CharField(max_length=300)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(first_lead=F("second_lead")), name="two_leads_stand_by"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(confirmed_by=F("proposed_by"))
                ),
                name="two_people_record_who_stands_by",
            ),
            models.CheckConstraint(
                condition=Q(answer_within_hours__gte=1, answer_within_hours__lte=72),
                name="an_answer_within_days",
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(confirmed_at__isnull=False, ended_at=None),
                name="one_standing_cover",
            ),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(confirmed_at=None, ended_at=None), name="one_proposed_cover"
            ),
        ]
