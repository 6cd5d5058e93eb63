from collections.abc import Iterator

from resilience import clock
from resilience.coaching import zone_drift
from resilience.listing import ListingCommand


class Command(ListingCommand):
    help = (
        "Lists coming calls whose wall time is no longer what was agreed, after a country changed its clocks."
    )
    columns = ("booking", "time_zone", "agreed", "reads_now")

    def rows(self) -> Iterator[tuple]:
        for each in zone_drift.find(now=clock.now()):
            yield str(each.booking), each.time_zone, each.agreed, each.now_reads
