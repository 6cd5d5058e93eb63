from collections.abc import Iterator

from resilience.coaching.choosing import stamp
from resilience.coaching.models import Booking
from resilience.listing import ListingCommand


class Command(ListingCommand):
    help = "Lists the bookings: ids only, no names, numbers or words."
    columns = ("booking", "coach", "starts_at", "state", "version")

    def rows(self) -> Iterator[tuple]:
        rows = Booking.objects.order_by("starts_at", "pk").values_list(
            "pk", "coach", "starts_at", "status", "version"
        )
        for booking, coach, starts_at, status, version in rows.iterator():
            yield str(booking), str(coach), stamp(starts_at), status, version
