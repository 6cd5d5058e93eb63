"""A programme with an open cohort, and people in it who agreed to everything."""

import hashlib
from datetime import date

import factory

from resilience import clock
from resilience.accounts.models import Role
from resilience.participants.models import (
    CallBacking,
    Cohort,
    ConsentForm,
    ConsentRecord,
    Enrolment,
    Participant,
    Programme,
    Purpose,
    Respondent,
)
from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory


class ProgrammeFactory(factory.django.DjangoModelFactory):
    """A programme whose coaches have backing; `backing=None` leaves that out."""

    class Meta:
        model = Programme
        django_get_or_create = ("slug",)
        skip_postgeneration_save = True

    slug = "steady"
    public_name = "Steady Ground"
    organisation = factory.SubFactory(OrganisationFactory)
    backing = factory.RelatedFactory("tests.factories.participants.CallBackingFactory", "programme")


class CallBackingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CallBacking
        django_get_or_create = ("programme",)

    programme = factory.SubFactory(ProgrammeFactory, backing=None)
    supervisor = "Sue Supervisor"
    supervisor_email = "supervisor@example.org"
    cover = "The other coach steps in within two days."
    scope = "These calls are coaching, not therapy."
    entered_at = factory.LazyFunction(clock.now)


class CohortFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cohort
        django_get_or_create = ("programme", "name")

    programme = factory.SubFactory(ProgrammeFactory)
    name = "Autumn"
    opens_on = date(2026, 10, 1)
    open_enrolment = True


class ConsentFormFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ConsentForm
        django_get_or_create = ("programme", "version")

    programme = factory.SubFactory(ProgrammeFactory)
    version = 1
    information = "<p>What taking part means.</p>"
    text_hash = factory.LazyAttribute(lambda form: hashlib.sha256(form.information.encode()).hexdigest())
    published_at = factory.LazyFunction(clock.now)


class RespondentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Respondent

    profession = "nurse"


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participant

    user = factory.SubFactory(UserFactory, roles=[Role.PARTICIPANT])
    chosen_name = "Ada"


class EnrolmentFactory(factory.django.DjangoModelFactory):
    """Somebody in the open cohort; `consents=[Purpose.TAKE_PART]` agrees to less than everything."""

    class Meta:
        model = Enrolment
        skip_postgeneration_save = True

    participant = factory.SubFactory(ParticipantFactory)
    cohort = factory.SubFactory(CohortFactory)
    respondent = factory.SubFactory(RespondentFactory)
    joined_at = factory.LazyFunction(clock.now)
    about_you_at = factory.LazyFunction(clock.now)
    readiness = "START"
    readiness_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def consents(self, create: bool, wanted: list[str] | None, **fields: object) -> None:
        form = ConsentFormFactory(programme=self.cohort.programme)
        given = list(Purpose.values) if wanted is None else wanted
        for purpose in Purpose.values:
            ConsentRecord.objects.create(
                enrolment=self, form=form, purpose=purpose, given=purpose in given, at=self.joined_at
            )
