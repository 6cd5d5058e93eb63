from collections.abc import Iterator

from resilience.coaching.models import Call
from resilience.listing import ListingCommand


class Command(ListingCommand):
    help = "Lists the calls: ids only. UNDER_WAY, PENDING (the coach's word is awaited) or SETTLED."
    columns = ("call", "booking", "state", "outcome", "minutes")

    def rows(self) -> Iterator[tuple]:
        for call in Call.objects.order_by("started_at", "pk").iterator():
            minutes = "" if call.minutes is None else call.minutes
            yield str(call.pk), str(call.booking_id), _state(call), call.outcome, minutes


def _state(call: Call) -> str:
    if call.ended_at is None:
        return "UNDER_WAY"
    return "SETTLED" if call.outcome else "PENDING"
