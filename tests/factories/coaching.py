"""Coaches with hours, and calls that were booked."""

from datetime import time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import factory

from resilience import clock
from resilience.accounts.models import Role
from resilience.coaching.models import AvailabilityRule, Booking, Coach, CoachingRelationship, Status
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnrolmentFactory, ProgrammeFactory, RespondentFactory


class CoachFactory(factory.django.DjangoModelFactory):
    """A coach on weekdays from nine to five; `weekdays=()` leaves the hours out."""

    class Meta:
        model = Coach
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory, roles=[Role.COACH])
    respondent = factory.SubFactory(RespondentFactory, profession="")
    slug = factory.Sequence(lambda number: f"coach-{number}")
    shown_name = factory.Sequence(lambda number: f"Coach {number}")
    phone = "+442079460112"
    calendar_secret = factory.Sequence(lambda number: f"{number:043d}")

    @factory.post_generation
    def programmes(self, create: bool, wanted: list | None, **fields: object) -> None:
        self.programmes.set(wanted if wanted is not None else [ProgrammeFactory()])

    @factory.post_generation
    def weekdays(self, create: bool, wanted: range | None, **fields: object) -> None:
        AvailabilityRule.objects.bulk_create(
            AvailabilityRule(coach=self, weekday=day, starts=time(9), ends=time(17))
            for day in (range(5) if wanted is None else wanted)
        )


class BookingFactory(factory.django.DjangoModelFactory):
    """A booked call of half an hour, three hours from now: the row alone, nothing planned."""

    class Meta:
        model = Booking

    coach = factory.SubFactory(CoachFactory)
    enrolment = factory.SubFactory(EnrolmentFactory)
    participant = factory.LazyAttribute(lambda row: row.enrolment.participant)
    starts_at = factory.LazyFunction(lambda: clock.now() + timedelta(hours=3))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(minutes=30))
    blocked_until = factory.LazyAttribute(lambda row: row.ends_at + timedelta(minutes=row.coach.gap_minutes))
    status = Status.BOOKED
    time_zone = "Europe/London"
    local_start = factory.LazyAttribute(
        lambda row: f"{row.starts_at.astimezone(ZoneInfo(row.time_zone)):%Y-%m-%dT%H:%M}"
    )
    request = factory.LazyFunction(uuid4)
    made_at = factory.LazyFunction(clock.now)


class RelationshipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CoachingRelationship

    enrolment = factory.SubFactory(EnrolmentFactory)
    coach = factory.SubFactory(CoachFactory)
    active_from = factory.LazyFunction(clock.now)
