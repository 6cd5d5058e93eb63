"""Find and make enrolments."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from resilience import db
from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.participants.models import Cohort, Enrolment, Participant, Respondent


class AlreadyIn(Exception):
    """The person has joined this cohort already."""


def current(user: User) -> Enrolment | None:
    """Return the enrolment that a person's pages are about: the newest that they have not left, else the newest."""
    found = OF_A_PERSON.instances(user=user.pk)
    mine = sorted(found, key=lambda each: (each.withdrawn_at is None, each.joined_at))
    return mine[-1] if mine else None


def living(user: User) -> list[Enrolment]:
    """Return the enrolments that a person has not left, the newest first."""
    found = OF_A_PERSON.instances(user=user.pk)
    return sorted(
        (each for each in found if each.withdrawn_at is None), key=lambda each: each.joined_at, reverse=True
    )


def chosen(user: User, programme: str) -> Enrolment | None:
    """Return a person's enrolment in the programme of this slug, else the one that their pages are about."""
    mine = [each for each in OF_A_PERSON.instances(user=user.pk) if each.cohort.programme.slug == programme]
    living = sorted(mine, key=lambda each: (each.withdrawn_at is None, each.joined_at))
    return living[-1] if living else current(user)


def _of_a_person(*, user: UUID) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(participant__user=user).select_related(
        "cohort__programme__organisation", "organisation", "participant__user", "respondent"
    )


OF_A_PERSON = db.Prepared(_of_a_person, user=UUID(int=1))


def open_cohort(*, on: date) -> Cohort | None:
    """Return the newest cohort that anybody may join on that day."""
    running = Cohort.objects.filter(open_enrolment=True, opens_on__lte=on)
    still = running.filter(Q(closes_on=None) | Q(closes_on__gte=on))
    return still.select_related("programme__organisation").order_by("-opens_on").first()


def takes_people(cohort: Cohort, *, on: date) -> bool:
    """Return whether the cohort takes people on that day."""
    return cohort.opens_on <= on and (cohort.closes_on is None or on <= cohort.closes_on)


@transaction.atomic
def make(*, user: User, cohort: Cohort, now: datetime) -> Enrolment:
    """Return a new enrolment with a pseudonym of its own, and give the person their role. Raises AlreadyIn."""
    participant, _ = Participant.objects.get_or_create(
        user=user, defaults={"time_zone": cohort.programme.time_zone}
    )
    try:
        with transaction.atomic():
            enrolment = Enrolment.objects.create(
                participant=participant, cohort=cohort, respondent=Respondent.objects.create(), joined_at=now
            )
    except IntegrityError:
        raise AlreadyIn from None
    roles.grant(user=user, role=Role.PARTICIPANT, programme=cohort.programme.slug, by=user, now=now)
    return enrolment
