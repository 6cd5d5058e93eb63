"""What the information sheet and the field register say of keeping, carried out once a day."""

from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q

from resilience import clock, queue
from resilience.accounts import letting_go as of_accounts
from resilience.coaching import letting_go as of_coaching
from resilience.coaching.models import LIVE, Booking
from resilience.engagement.models import PageView
from resilience.journeys import leaving, withdrawing
from resilience.measures.models import Response
from resilience.messaging import letting_go as of_messaging
from resilience.participants.models import Enrolment, Participant

TWELVE_MONTHS = timedelta(days=365)
THIRTY_DAYS = timedelta(days=30)
NINETY_DAYS = timedelta(days=90)
AT_ONCE = 200


def let_go(*, now: datetime) -> tuple[int, int]:
    """Delete the rows, blank the numbers and erase the people whose time is over; return how many of the last two."""
    # The queue lives by the machine's clock: moving the demonstration on must not take away what waits.
    queue.let_go(before=clock.machine_now() - NINETY_DAYS)
    for letting_go in (of_accounts, of_messaging, of_coaching, leaving):
        letting_go.let_go(now=now)
    return _numbers(now=now), _people(now=now)


def _numbers(*, now: datetime) -> int:
    """Blank the telephone numbers of people whose last booked call is more than thirty days past."""
    mine = Booking.objects.filter(participant=OuterRef("pk"), status__in=LIVE)
    done = Participant.objects.exclude(phone="").filter(
        Exists(mine.filter(ends_at__lt=now - THIRTY_DAYS)),
        ~Exists(mine.filter(ends_at__gte=now - THIRTY_DAYS)),
    )
    return done.update(
        phone="", phone_index="", phone_takes_texts=False, phone_doubted_at=None, phone_confirmed_at=None
    )


def _people(*, now: datetime) -> int:
    """Erase people who were last here more than twelve months ago; the synthetic ones stay."""
    gone = [person for person in _candidates(now=now) if _last_here(person) < now - TWELVE_MONTHS]
    for person in gone:
        withdrawing.erase(person, by=person.user, now=now, stays_in_published=True)
    return len(gone)


def _candidates(*, now: datetime) -> list[Participant]:
    """Return people whose every enrolment is a year old, with the signs of life that their rows hold."""
    recent = Enrolment.objects.filter(participant=OuterRef("pk")).filter(
        Q(joined_at__gte=now - TWELVE_MONTHS) | Q(cohort__programme__is_synthetic=True)
    )
    views = Max("enrolments__page_views__at")
    found = Participant.objects.filter(~Exists(recent), user__joined_at__lt=now - TWELVE_MONTHS)
    quiet = found.annotate(viewed_at=views).filter(Q(viewed_at=None) | Q(viewed_at__lt=now - TWELVE_MONTHS))
    return list(quiet.select_related("user")[:AT_ONCE])


def _last_here(person: Participant) -> datetime:
    answered = Response.objects.filter(respondent__enrolment__participant=person).aggregate(
        at=Max("submitted_at")
    )
    viewed = PageView.objects.filter(enrolment__participant=person).aggregate(at=Max("at"))
    booked = Booking.objects.filter(participant=person).aggregate(at=Max("made_at"))
    moments = [answered["at"], viewed["at"], booked["at"], person.user.last_login, person.user.joined_at]
    return max(moment for moment in moments if moment is not None)
