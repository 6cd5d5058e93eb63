"""A person has all deleted: their coaches' time is freed and their calendars are told, and so is the carrier."""

from datetime import datetime, timedelta

from resilience.coaching.booking_models import FreedTime
from resilience.coaching.models import Booking, CallLeg, Side, Status
from resilience.messaging import forgetting, outbox
from resilience.messaging.models import Channel
from resilience.participants.models import Participant

FREED = "freed_time"
A_DAY = timedelta(days=1)


def tell_the_carrier(participant: Participant, *, now: datetime) -> None:
    """Note the texts and calls of a person that the carrier is to delete too; to be called before ours are deleted."""
    legs = CallLeg.objects.filter(call__booking__participant=participant, side=Side.PARTICIPANT)
    forgetting.note(legs.exclude(ref="").values_list("ref", flat=True), is_call=True, now=now)
    forgetting.note_texts(participant.user, now=now)


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
