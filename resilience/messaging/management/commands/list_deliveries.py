from collections.abc import Iterator

from resilience.listing import ListingCommand
from resilience.messaging.models import Delivery, DeliveryState, Outgoing, State

WITHOUT_AN_ATTEMPT = {State.DUE, State.SKIPPED}
TAKEN = {DeliveryState.ACCEPTED, DeliveryState.SENT, DeliveryState.DELIVERED}


class Command(ListingCommand):
    help = (
        "Lists each attempt at sending, and each message that waits or was skipped before one: ids and states only, "
        "no names, numbers or words."
    )
    columns = ("delivery", "channel", "kind", "state", "attempts", "due_at", "sent_at", "error")

    def rows(self) -> Iterator[tuple]:
        messages = Outgoing.objects.prefetch_related("deliveries").order_by("due_at", "pk")
        for row in messages.iterator(chunk_size=500):
            attempts = sorted(row.deliveries.all(), key=lambda one: one.started_at)
            yield from (_attempt(row, one) for one in attempts)
            if not attempts or row.state in WITHOUT_AN_ATTEMPT:
                yield (
                    "",
                    row.channel,
                    row.kind,
                    row.state,
                    row.attempts,
                    row.due_at.isoformat(),
                    "",
                    row.reason,
                )


def _attempt(row: Outgoing, one: Delivery) -> tuple:
    sent = one.started_at.isoformat() if one.state in TAKEN else ""
    return (
        str(one.pk),
        row.channel,
        row.kind,
        one.state,
        row.attempts,
        row.due_at.isoformat(),
        sent,
        one.error,
    )
