"""Times that the hours leave free and a person's other role does not: coaches may take part in calls themselves."""

from collections.abc import Sequence

from django.db.models import Q

from resilience.coaching.availability import Slot
from resilience.coaching.models import LIVE, Booking, Coach
from resilience.participants.models import Participant


def without(
    found: Sequence[Slot], *, coaches: Sequence[Coach], participant: Participant, but: Booking | None
) -> list[Slot]:
    """Return the slots in which neither of the two has another call: one query."""
    if not found:
        return []
    users = {coach.pk: coach.user_id for coach in coaches}
    everybody = [*users.values(), participant.user_id]
    rows = Booking.objects.filter(Q(participant__user__in=everybody) | Q(coach__user=participant.user_id))
    rows = rows.filter(
        status__in=LIVE, starts_at__lt=max(slot.ends_at for slot in found), ends_at__gt=found[0].starts_at
    )
    taken = list(
        rows.exclude(pk=but and but.pk).values_list(
            "participant__user", "coach__user", "starts_at", "ends_at"
        )
    )
    return [
        slot
        for slot in found
        if not any(
            {users[slot.coach_id], participant.user_id} & set(who)
            and start < slot.ends_at
            and end > slot.starts_at
            for *who, start, end in taken
        )
    ]
