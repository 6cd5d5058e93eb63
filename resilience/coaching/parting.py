"""A person with calls to come has all deleted: their coaches' time is freed, and their calendars are told."""

from datetime import datetime, timedelta

from resilience.coaching.booking_models import FreedTime
from resilience.coaching.models import Booking, Status
from resilience.messaging import outbox
from resilience.messaging.models import Channel
from resilience.participants.models import Participant

FREED = "freed_time"
A_DAY = timedelta(days=1)


def tell_coaches(participant: Participant, *, now: datetime) -> int:
    """Plan word to each coach whose calendar still holds a call with this person; return how many calls.

    To be called once the calls are cancelled and before they are deleted: of the person nothing is kept.
    """
    to_come = Booking.objects.filter(
        participant=participant, status=Status.CANCELLED, starts_at__gt=now, cancelled_at=now
    )
    for booking in to_come.select_related("coach__user"):
        freed = FreedTime.objects.create(
            pk=booking.pk, coach=booking.coach, starts_at=booking.starts_at, ends_at=booking.ends_at,
            version=booking.version,
        )  # fmt: skip
        outbox.plan(
            key=f"{FREED}:{freed.pk}", kind=FREED, channel=Channel.EMAIL, recipient=booking.coach.user,
            target_id=freed.pk, due_at=now, not_after=now + A_DAY,
        )  # fmt: skip
    return len(to_come)
