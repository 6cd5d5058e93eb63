"""Live sessions and people with a place at them."""

from datetime import timedelta

import factory

from resilience import clock
from resilience.engagement.models import LiveSession, Seat, SeatState
from tests.factories.participants import EnrolmentFactory, ProgrammeFactory


class LiveSessionFactory(factory.django.DjangoModelFactory):
    """A live session in two weeks, with room for two."""

    class Meta:
        model = LiveSession

    programme = factory.SubFactory(ProgrammeFactory)
    about = "workshop-1"
    title = "Practice together"
    starts_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=14))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=2))
    capacity = 2
    place = "Seminar room 2"
    link = "https://meet.example.org/room"


class SeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Seat

    live_session = factory.SubFactory(LiveSessionFactory)
    enrolment = factory.SubFactory(EnrolmentFactory)
    state = SeatState.TAKEN
    asked_at = factory.LazyFunction(clock.now)
