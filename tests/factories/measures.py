"""Time points and what is asked at them."""

from datetime import timedelta

import factory

from resilience import clock
from resilience.accounts.models import Role
from resilience.measures.models import Anchor, Cover, Occasion, PlannedMeasure, Response, Timepoint
from tests.factories.accounts import UserFactory
from tests.factories.organisations import SupportRouteFactory
from tests.factories.participants import ProgrammeFactory, RespondentFactory


class TimepointFactory(factory.django.DjangoModelFactory):
    """A time point; `asks=["who5", "phq8"]` plans those instruments in that order."""

    class Meta:
        model = Timepoint
        django_get_or_create = ("programme", "key")
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    key = "t1"
    label = "Before"
    position = 1
    anchor = Anchor.ENROLMENT

    @factory.post_generation
    def asks(self, create: bool, instruments: list[str] | None, **fields: object) -> None:
        for position, instrument in enumerate(instruments or [], start=1):
            PlannedMeasure.objects.get_or_create(
                timepoint=self, instrument=instrument, defaults={"position": position}
            )


class OccasionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Occasion

    respondent = factory.SubFactory(RespondentFactory)
    timepoint = factory.SubFactory(TimepointFactory)
    instrument = "who5"
    due_at = factory.LazyFunction(clock.now)
    closes_at = factory.LazyAttribute(lambda row: row.due_at + timedelta(days=row.timepoint.window_days))


class ResponseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Response

    respondent = factory.SubFactory(RespondentFactory)
    occasion = None
    instrument = "who5"
    version = "1"
    answers = factory.LazyFunction(lambda: {str(item): 3 for item in range(1, 6)})
    submitted_at = factory.LazyFunction(clock.now)


class CoverFactory(factory.django.DjangoModelFactory):
    """Two leads who stand by in a programme, confirmed, with somebody of its own organisation to turn to."""

    class Meta:
        model = Cover
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    first_lead = factory.SubFactory(UserFactory, roles=[Role.SAFEGUARDING_LEAD])
    second_lead = factory.SubFactory(UserFactory, roles=[Role.SAFEGUARDING_LEAD])
    answer_within_hours = 4
    out_of_hours = "Ring 116 123."
    proposed_by = factory.SelfAttribute("first_lead.pk")
    confirmed_by = factory.SelfAttribute("second_lead.pk")
    proposed_at = factory.LazyFunction(clock.now)
    confirmed_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def routes(self, create: bool, extracted: object, **fields: object) -> None:
        SupportRouteFactory(organisation=self.programme.organisation, label="Occupational health")
