"""Every recurring job of the site, in one table. The dispatcher puts the table into the queue when it starts."""

from dataclasses import dataclass
from datetime import datetime

import structlog

from resilience import clock, queue

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Job:
    """One recurring job: what it calls, every how many minutes, what for, and on which queue."""

    name: str
    path: str
    minutes: int
    does: str
    on: str | None = None


JOBS = (
    Job("worker-alive", "resilience.ops.tasks.worker_alive", 1, "shows that the worker takes tasks"),
    Job(
        "long-worker-alive",
        "resilience.ops.tasks.long_worker_alive",
        10,
        "shows that the worker of reports takes tasks",
        on=queue.LONG,
    ),
    Job(
        "measures-fall-due", "resilience.measures.tasks.fall_due", 1, "asks the measures that have fallen due"
    ),
    Job(
        "live-sessions-pass",
        "resilience.engagement.tasks.note_passed",
        5,
        "notes the live sessions whose date has passed",
    ),
    Job(
        "messages-reconcile",
        "resilience.messaging.tasks.reconcile",
        1,
        "looks up messages left open by a crash",
    ),
    Job(
        "plain-pages",
        "resilience.organisations.tasks.write_plain_pages",
        5,
        "writes Help now and The first days as files, for when the site is away",
    ),
    Job(
        "support-routes-end",
        "resilience.organisations.tasks.warn_of_ends",
        1440,
        "tells the owners of people to talk to whose entry ends",
    ),
    Job(
        "pages-publish-due",
        "content_pages.scheduling.publish_due",
        5,
        "publishes pages at the time that an editor set, and takes them down",
    ),
    Job("coaches-end", "resilience.coaching.tasks.end_coaches", 60, "ends coaches whose last day is over"),
    Job("let-go", "resilience.journeys.tasks.let_go", 1440, "lets go of what is no longer to be kept"),
    Job(
        "take-out-the-erased",
        "resilience.evaluation.tasks.take_out_the_erased",
        60,
        "throws away frozen data that hold somebody who had their data deleted",
    ),
    Job(
        "write-to-the-quiet",
        "resilience.journeys.tasks.write_to_the_quiet",
        1440,
        "writes once to people who have been away for three weeks",
    ),
    Job(
        "write-to-who-waited",
        "resilience.journeys.tasks.write_to_who_waited",
        60,
        "writes once to people whose waiting list has ended",
    ),
    Job(
        "calls-sweep", "resilience.coaching.tasks.sweep", 1, "settles calls that were never heard the end of"
    ),
    Job("calls-cost", "resilience.coaching.tasks.ask_for_costs", 60, "asks the carrier what calls cost"),
    Job(
        "coaches-calendars",
        "resilience.coaching.tasks.read_calendars",
        30,
        "reads when coaches are busy by a calendar of their own",
    ),
    Job(
        "zone-drift",
        "resilience.coaching.tasks.report_zone_drift",
        1440,
        "tells of booked calls whose wall time changed because a country changed its clocks",
    ),
)


@dataclass(frozen=True)
class Standing:
    """A job and when it last ran; never where `last_run` is None."""

    job: Job
    last_run: datetime | None


def install() -> None:
    """Make the queue's recurring rows those of the table, no more and no fewer; one that may stop all is told of."""
    if strange := queue.with_arguments():
        log.error("recurring rows hold arguments and are put right", rows=strange)
    for job in JOBS:
        queue.every_minutes(name=job.name, path=job.path, minutes=job.minutes, on=job.on)
    queue.drop_schedules(but={job.name for job in JOBS})


def run_all() -> None:
    """Queue each job once, now: after the demonstration's clock has been moved on nobody waits for the minute."""
    for job in JOBS:
        queue.enqueue(job.path, on=job.on)


def standing() -> list[Standing]:
    """Return every job with when it last ran."""
    last = queue.last_runs(now=clock.machine_now())
    return [Standing(job, last.get(job.name)) for job in JOBS]
