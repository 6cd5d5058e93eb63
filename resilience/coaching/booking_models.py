"""What stands around a booking: who is kept from whom, and what people asked for that no free time gives them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.accounts.models import User
from resilience.coaching.models import Booking, Coach, Side
from resilience.coaching.ways import Way
from resilience.organisations.models import Organisation
from resilience.participants.models import Cohort, Enrolment, Participant


class Kind(models.TextChoices):
    """How one person stands above another at work; `SAME` says that two marks are one person's."""

    MANAGES = "MANAGES", _("manages")
    SUPERVISES = "SUPERVISES", _("supervises")
    ASSESSES = "ASSESSES", _("assesses")
    APPRAISES = "APPRAISES", _("appraises")
    SAME = "SAME", _("is the same person as")


class WorkRelation(db.Keyed):
    """One mark stands above another. A mark is the keyed hash of a work e-mail or a staff number, never either itself.

    Rows of an import name no user and are replaced by the next import of the organisation; a declaration goes with
    whoever made it.
    """

    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.CASCADE, related_name="work_relations"
    )
    declared_by = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="work_relations")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    above = models.CharField(max_length=64)
    below = models.CharField(max_length=64, db_index=True)
    learned_at = models.DateTimeField()

    class Meta:
        constraints = [
            db.one_of("kind", Kind, name="work_relation_is_known"),
            models.CheckConstraint(
                condition=models.Q(organisation=None, declared_by__isnull=False)
                | models.Q(organisation__isnull=False, declared_by=None),
                name="imported_or_declared",
            ),
            models.UniqueConstraint(fields=["organisation", "kind", "above", "below"], name="imported_once"),
            models.UniqueConstraint(fields=["declared_by", "kind", "above", "below"], name="declared_once"),
        ]


class Apart(db.Keyed):
    """One of the two said "not with this person", and no reason was asked."""

    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="kept_apart")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="kept_apart")
    side = models.CharField(max_length=11, choices=Side.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            db.one_of("side", Side, name="side_that_said_it_is_known"),
            models.UniqueConstraint(fields=["coach", "participant", "side"], name="each_side_says_it_once"),
        ]


class CoachChange(db.Keyed):
    """Somebody of a cohort changed their coach on that day: counted, beside nobody's name."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="coach_changes")
    on_date = models.DateField()


class NoTime(db.Keyed):
    """No free time suited somebody: the days and parts of the day that would, and whether to write once one is free."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="no_time")
    wanted = models.JSONField(default=list)
    tell_me = models.BooleanField(default=False)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)


class OtherWay(db.Keyed):
    """Somebody asked for another way to talk than the telephone; the coaches' lead arranges it as a booking."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="other_ways")
    way = models.CharField(max_length=10, choices=Way.choices)
    asked_at = models.DateTimeField()
    booking = models.OneToOneField(Booking, null=True, on_delete=models.SET_NULL, related_name="arranged_for")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            db.one_of("way", Way, name="other_way_is_known"),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(ended_at=None),
                name="one_other_way_asked_at_a_time",
            ),
        ]


class FreedTime(db.Keyed):
    """The time of a call whose participant had all deleted: what takes it out of the coach's calendar, nothing more.

    Its key is that of the booking, which the calendar knows the appointment by.
    """

    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="freed_times")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    version = models.PositiveIntegerField()
