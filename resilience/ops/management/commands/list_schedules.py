from collections.abc import Iterator

from resilience.listing import ListingCommand
from resilience.ops import schedules


class Command(ListingCommand):
    help = "Lists the recurring jobs: every how many minutes, what for, and when each last ran."
    columns = ("name", "every", "does", "last_run")

    def rows(self) -> Iterator[tuple]:
        for standing in schedules.standing():
            job, last = standing.job, standing.last_run
            yield job.name, f"{job.minutes} min", job.does, last.isoformat() if last else ""
