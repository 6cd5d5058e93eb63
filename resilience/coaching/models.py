"""Coaches and their hours, bookings, calls, and what came of them."""

import uuid

from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.accounts.models import User
from resilience.coaching.ways import Place, Way
from resilience.organisations.models import Organisation
from resilience.participants.models import Enrolment, Participant, Programme, Respondent
from resilience.participants.roles_of_calls import RoleOfCalls
from resilience.privacy.fields import EncryptedTextField

LIVE = ["HELD", "BOOKED"]
CAME_IN_FROM = 11  # legs of people who rang us are numbered from here, our own tries below it


class TsTzRange(models.Func):
    """PostgreSQL's range of two moments."""

    function = "TSTZRANGE"
    output_field = models.Field()


class Coach(db.Keyed):
    """Somebody who holds calls; participants see the name they chose to show and their profile."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="coach")
    respondent = models.OneToOneField(Respondent, on_delete=models.PROTECT, related_name="+")
    programmes = models.ManyToManyField(Programme, related_name="coaches")
    slug = models.SlugField(unique=True)
    shown_name = models.CharField(max_length=80)
    profile = models.TextField(blank=True)
    languages = models.JSONField(default=list)
    background = models.CharField(max_length=120, blank=True)
    is_clinical = models.BooleanField(default=False, help_text=_("has worked with patients"))
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    unit = models.CharField(max_length=200, blank=True)
    time_zone = models.CharField(max_length=60, default="Europe/London")
    phone = EncryptedTextField(key="user.data_key_id", blank=True, default="")
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    notice_hours = models.PositiveSmallIntegerField(default=2)
    horizon_days = models.PositiveSmallIntegerField(default=56)
    gap_minutes = models.PositiveSmallIntegerField(default=10)
    most_per_day = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("calls on a local day")
    )
    most_per_week = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("from Monday to Sunday")
    )
    is_active = models.BooleanField(default=True)
    in_training = models.BooleanField(
        default=False, help_text=_("until the minimum before the first call is met")
    )
    last_date = models.DateField(null=True, blank=True, help_text=_("no calls after this day"))
    most_people = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("at once; empty: no limit")
    )
    calendar_secret = models.CharField(max_length=43, unique=True)


class CallGuide(db.Keyed):
    """What a programme says of its calls: what a coach does and does not do, and the questions of each call."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="call_guide")
    role = models.TextField(
        blank=True, help_text=_("shown to participants before they book, as HTML of our own")
    )
    guidance = models.TextField(blank=True, help_text=_("shown to coaches, as HTML of our own"))
    calls = models.JSONField(default=list, help_text=_("title, minutes and stages of each call"))


class AvailabilityRule(db.Keyed):
    """Weekly hours in the coach's own time: Monday is 0."""

    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="rules")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [models.CheckConstraint(condition=models.Q(weekday__lte=6), name="weekday_is_0_to_6")]


class AvailabilityException(db.Keyed):
    """One day that differs: extra hours, or none (the whole day where no times are given)."""

    class Kind(models.TextChoices):
        EXTRA = "EXTRA", _("extra hours")
        NONE = "NONE", _("not free")

    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="exceptions")
    date = models.DateField()
    kind = models.CharField(max_length=5, choices=Kind.choices)
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)


class CoachingRelationship(db.Keyed):
    """The two of them, from the first booking until one of them changes; one declared role."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="relationships")
    coach = models.ForeignKey(Coach, on_delete=models.PROTECT, related_name="relationships")
    role = models.CharField(max_length=12, choices=RoleOfCalls.choices, default=RoleOfCalls.COACH)
    active_from = models.DateTimeField()
    active_to = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "coach"],
                condition=models.Q(active_to=None),
                name="one_living_relationship",
            ),
            db.one_of("role", RoleOfCalls, name="each_two_have_a_declared_role"),
        ]


class Status(models.TextChoices):
    """Where a booking stands."""

    HELD = "HELD", _("kept while a form is filled in")
    BOOKED = "BOOKED", _("booked")
    CANCELLED = "CANCELLED", _("cancelled")


class By(models.TextChoices):
    """Who ended a booking."""

    PARTICIPANT = "PARTICIPANT", _("the participant")
    COACH = "COACH", _("the coach")
    US = "US", _("our side")


class Booking(db.Keyed):
    """An agreed call. Rescheduling moves the row and raises `version`; reminders and calendar files follow it."""

    coach = models.ForeignKey(Coach, on_delete=models.PROTECT, related_name="bookings")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="bookings")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="bookings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    blocked_until = models.DateTimeField(help_text=_("the end and the coach's gap after it"))
    status = models.CharField(max_length=9, choices=Status.choices)
    held_until = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=11, choices=By.choices, blank=True)
    time_zone = models.CharField(max_length=60, help_text=_("the participant's, when they booked"))
    local_start = models.CharField(max_length=16, help_text=_("wall time in that zone, 2026-11-03T14:30"))
    version = models.PositiveIntegerField(default=1)
    request = models.UUIDField(default=uuid.uuid4, unique=True, help_text=_("the form's once-only word"))
    early = models.BooleanField(default=False, help_text=_("asked for before the calls opened"))
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.PHONE)
    meet_at = EncryptedTextField(key="participant.data_key_id", blank=True, default="")
    place = models.CharField(max_length=9, choices=Place.choices, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["coach", "starts_at"]), models.Index(fields=["status", "starts_at"])]
        constraints = [
            db.one_of("status", Status, name="booking_status_is_known"),
            db.one_of("way", Way, name="way_of_talking_is_known"),
            models.UniqueConstraint(
                fields=["coach", "starts_at"], condition=models.Q(status__in=LIVE),
                name="one_live_booking_per_coach_and_time",
            ),
            models.UniqueConstraint(
                fields=["participant", "starts_at"], condition=models.Q(status__in=LIVE),
                name="one_live_booking_per_person_and_time",
            ),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="a_call_has_a_length"),
            db.set_exactly_when(
                "cancelled_at", status="status", is_="CANCELLED", name="cancelled_at_set_exactly_when_cancelled"
            ),
            db.set_exactly_when("held_until", status="status", is_="HELD", name="held_until_set_exactly_when_held"),
            db.PostgresOnly(
                name="no_coach_overlap",
                expressions=[
                    ("coach", RangeOperators.EQUAL),
                    (TsTzRange("starts_at", "blocked_until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=models.Q(status__in=LIVE),
            ),
            db.PostgresOnly(
                name="no_participant_overlap",
                expressions=[
                    ("participant", RangeOperators.EQUAL),
                    (TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=models.Q(status__in=LIVE),
            ),
        ]  # fmt: skip


class CallDecline(db.Keyed):
    """Somebody said no to a call; the reason may be left out. They may still book later."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="call_decline")
    at = models.DateTimeField()
    reason = models.CharField(
        max_length=20, blank=True
    )  # read no more: participants.Reason; goes with a later release
    taken_back_at = models.DateTimeField(null=True, blank=True)


class Outcome(models.TextChoices):
    """How a call went."""

    FULFILLED = "FULFILLED", _("held")
    PARTICIPANT_NO_SHOW = "PARTICIPANT_NO_SHOW", _("missed call")
    COACH_NO_SHOW = "COACH_NO_SHOW", _("missed by the coach")
    FAILED = "FAILED", _("could not be connected")


class Call(db.Keyed):
    """The telephone call of one booking at one version; its outcome can be worked out again from its events."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="calls")
    version = models.PositiveIntegerField()
    room = models.CharField(max_length=43, unique=True)
    role = models.CharField(max_length=12, choices=RoleOfCalls.choices, default=RoleOfCalls.COACH)
    started_at = models.DateTimeField()
    bridged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    minutes = models.FloatField(null=True)
    carrier_cost = models.DecimalField(null=True, max_digits=9, decimal_places=5)
    carrier_currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "version"], name="one_call_per_booking_version"),
            db.one_of("role", RoleOfCalls, name="no_call_without_a_declared_role"),
        ]


class Side(models.TextChoices):
    """Which end of the line."""

    COACH = "COACH", _("coach")
    PARTICIPANT = "PARTICIPANT", _("participant")


class CallLeg(db.Keyed):
    """One telephone rung once; its token rides in the callback addresses."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="legs")
    side = models.CharField(max_length=11, choices=Side.choices)
    attempt = models.PositiveSmallIntegerField(default=1)
    token = models.CharField(max_length=43, unique=True)
    ref = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(max_length=20, default="WAITING")
    rung_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "side", "attempt"], name="one_leg_per_side_and_attempt")
        ]


class CallEvent(db.Evidence):
    """What the carrier told us, as it came, without numbers; repeated ones are kept once."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="events")
    leg = models.ForeignKey(CallLeg, null=True, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    sequence = models.IntegerField(null=True)
    facts = models.JSONField(default=dict)
    once = models.CharField(max_length=160, unique=True)

    class Meta:
        ordering = ["at"]


from resilience.coaching import booking_models, development_models, hours_models  # noqa: E402, F401 - Django looks for an app's models here
from resilience.coaching.around_models import (  # noqa: E402, F401 - they hang on the models above
    AboutCoach,
    AboutMe,
    Agenda,
    Agreement,
    CoachReport,
    CoachWish,
    Goal,
    Help,
    NextStep,
    Referral,
    RelationshipRating,
    SafetyMatter,
    Topic,
    Wish,
)
