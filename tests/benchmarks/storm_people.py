"""The people of the storm: a thousand with ten calls each, of which every one is to be reminded at the same moment."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.test import Client

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import Role
from resilience.coaching import reminders
from resilience.coaching.models import Booking
from resilience.messaging import optouts, reconciling
from resilience.messaging.models import Outgoing, State
from tests.benchmarks.people import BACKEND, HOST, SignedIn
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory, ProgrammeFactory

EACH = 10
FIRST, APART = timedelta(hours=2), timedelta(minutes=41)


def make(texts: int) -> SignedIn:
    """Make so many reminders that are not due yet; return somebody who is signed in."""
    programme = ProgrammeFactory()
    now, enrolments = clock.now(), []
    for number in range(-(-texts // EACH)):
        phone = f"+447700900{number:03d}"
        with transaction.atomic():
            enrolments.append(EnrolmentFactory(
                cohort__programme=programme, participant__phone=phone, participant__phone_index=optouts.index(phone),
                participant__phone_takes_texts=True, participant__phone_confirmed_at=now,
            ))  # fmt: skip
    for place in range(EACH):
        _book(enrolments, programme, now + FIRST + place * APART)
    _plan(texts, now)
    reader = enrolments[0].participant.user
    roles.grant(user=reader, role=Role.PARTICIPANT, by=None, now=now)
    client = Client(headers={"host": HOST})
    client.force_login(reader, backend=BACKEND)
    return SignedIn("; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items()))


def _book(enrolments: list, programme: object, at: object) -> None:
    """Book one call for everybody at the same time: each with a coach of their own."""
    if not _coaches:
        with transaction.atomic():
            _coaches.extend(CoachFactory(programmes=[programme], weekdays=()) for _each in enrolments)
    Booking.objects.bulk_create(
        BookingFactory.build(
            coach=coach, enrolment=enrolment, participant=enrolment.participant, starts_at=at,
        )
        for enrolment, coach in zip(enrolments, _coaches, strict=True)
    )  # fmt: skip


_coaches: list = []


def _plan(texts: int, now: object) -> None:
    booked = Booking.objects.order_by("starts_at").values_list("pk", "participant__user", "starts_at")[:texts]
    Outgoing.objects.bulk_create(
        Outgoing(
            key=f"{reminders.HOUR_BEFORE}:{pk}:v1", kind=reminders.HOUR_BEFORE, channel="SMS", recipient_id=user,
            target_id=pk, version=1, due_at=now + timedelta(days=1), not_after=starts_at,
        )
        for pk, user, starts_at in booked
    )  # fmt: skip


def fall_due() -> None:
    """Let every reminder fall due now."""
    Outgoing.objects.update(due_at=clock.now())


def look_up_soon() -> None:
    """Let what the killed process had claimed be looked up at once and not in five minutes: only that wait is cut."""
    claimed = Outgoing.objects.filter(state=State.SENDING)
    claimed.update(claimed_at=F("claimed_at") - 2 * reconciling.GONE_QUIET)


def reconcile() -> None:
    """Look up what was left open, as the worker does each minute."""
    reconciling.reconcile(now=clock.now(), clock=clock.now)
