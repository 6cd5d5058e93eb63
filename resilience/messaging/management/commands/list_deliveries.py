from collections.abc import Iterator

from resilience.listing import ListingCommand
from resilience.messaging.models import Delivery


class Command(ListingCommand):
    help = "Lists each attempt at sending: ids and states only, no names, numbers or words."
    columns = ("delivery", "channel", "kind", "state", "attempts", "due_at", "sent_at", "error")

    def rows(self) -> Iterator[tuple]:
        for one in Delivery.objects.select_related("outgoing").order_by("started_at", "pk").iterator():
            row = one.outgoing
            due, sent = row.due_at.isoformat(), one.started_at.isoformat()
            yield str(one.pk), row.channel, row.kind, one.state, row.attempts, due, sent, one.error
