"""P3: the next twenty free times with any of 200 coaches, eight weeks ahead, 72,000 bookings."""

import random
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from datetime import time as of_day
from itertools import islice
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from resilience import clock
from resilience.accounts.models import User
from resilience.coaching import availability, slots
from resilience.coaching.coaches_time import CoachesTime
from resilience.coaching.models import AvailabilityRule, Booking, Coach, Status
from resilience.participants.models import Cohort, Enrolment, Participant, Programme, Respondent
from tests.benchmarks import figures, people, serving

COACHES, WEEKS = (25, 50, 100, 200), (2, 4, 8)
HALF_AN_HOUR, STEP = timedelta(minutes=30), timedelta(minutes=40)
BOOKED = 0.75  # of the times by the hours: 360 of 480 for each coach in eight weeks
A_DAY_HOLDS, FROM = 12, 9
A_BATCH = 5_000
PAGE, SEARCH, BARE = "/calls/times/", "/bench/free/", "/bench/read/"
WHOLE = {"coaches": COACHES, "weeks": WEEKS, "rounds": 7, "each": 30}
QUICK = {"coaches": (4, 8), "weeks": (1, 2), "rounds": 2, "each": 5}


def measure(
    *, coaches: tuple[int, ...], weeks: tuple[int, ...], rounds: int, each: int
) -> tuple[list[figures.Figure], list[str]]:
    """Return figures by coaches at the longest horizon and by horizon with most coaches, and what they say together."""
    programme, pairs = _cast(coaches[-1])
    by_coaches = [_at(programme, pairs[:many], weeks[-1], rounds=rounds, each=each) for many in coaches[:-1]]
    by_weeks = [_at(programme, pairs, ahead, rounds=rounds, each=each) for ahead in weeks]
    Coach.objects.filter(slug__startswith="bench-").update(is_active=False)
    by_coaches.append(by_weeks[-1])
    growth = figures.exponent([(one[0].size["coaches"], 1 / one[0].ratio) for one in by_coaches])
    further = figures.exponent([(one[0].size["weeks"], 1 / one[0].ratio) for one in by_weeks])
    most = max(one[0].size["asked"] for one in [*by_coaches, *by_weeks])
    return [figure for one in [*by_coaches[:-1], *by_weeks] for figure in one], [
        f"P3: the search asks {most} queries at most (goal: 3); its cost over the yardstick grows with coaches at "
        f"exponent {growth:.2f} (goal: 1.0) and with the horizon at {further:.2f} (goal: 0.1).",
        f"P3: the pure sweep alone, all of it in memory: {_sweep(pairs) * 1000:.2f} ms.",
    ]


def _cast(many: int) -> tuple[Programme, list[tuple[Coach, Enrolment]]]:
    """Make coaches with hours, each with one person who holds all their bookings: the row is what is read."""
    programme = Programme.objects.get(slug="demonstration")
    cohort = Cohort.objects.get(programme=programme, open_enrolment=True)
    pairs = [_pair(number, programme, cohort) for number in range(many)]
    AvailabilityRule.objects.bulk_create(
        AvailabilityRule(coach=coach, weekday=day, starts=of_day(FROM), ends=of_day(FROM + 8))
        for coach, _enrolment in pairs
        for day in range(5)
    )
    return programme, pairs


def _pair(number: int, programme: Programme, cohort: Cohort) -> tuple[Coach, Enrolment]:
    now = clock.now()
    coach = Coach.objects.create(
        user=User.objects.create_user(email=f"bench-coach-{number}@example.org"),
        respondent=Respondent.objects.create(is_test=True), slug=f"bench-{number}", shown_name=f"Bench {number}",
        calendar_secret=f"bench{number:038d}", is_active=False, time_zone="UTC", horizon_days=365,
    )  # fmt: skip
    coach.programmes.add(programme)
    person = Participant.objects.create(
        user=User.objects.create_user(email=f"bench-booked-{number}@example.org")
    )
    enrolment = Enrolment.objects.create(
        participant=person, cohort=cohort, respondent=Respondent.objects.create(is_test=True), joined_at=now,
        readiness="START", readiness_at=now,
    )  # fmt: skip
    return coach, enrolment


def _at(
    programme: Programme, pairs: list[tuple[Coach, Enrolment]], weeks: int, *, rounds: int, each: int
) -> list[figures.Figure]:
    """Measure the page and the search alone over HTTP, with so many coaches booked so many weeks ahead."""
    Booking.objects.filter(coach__slug__startswith="bench-")._raw_delete("default")
    Coach.objects.filter(slug__startswith="bench-").update(is_active=False)
    Coach.objects.filter(pk__in=[coach.pk for coach, _one in pairs]).update(is_active=True)
    size = {
        "coaches": len(pairs),
        "weeks": weeks,
        "bookings": _book(pairs, weeks),
        "asked": _asked(programme),
    }
    reader = people.reader()
    with serving.server() as browser:
        return [
            _figure(browser, reader, goal, path, size, rounds=rounds, each=each)
            for goal, path in (("P3", f"{SEARCH}?programme={programme.pk}"), ("P3, whole page", PAGE))
        ]


def _figure(
    browser: serving.Browser, who: people.SignedIn, goal: str, path: str, size: dict, *, rounds: int, each: int
) -> figures.Figure:  # fmt: skip
    answer = browser.send("GET", path, who)
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return figures.interleaved(
        goal,
        ours=lambda: browser.send("GET", path, who).seconds,
        bare=lambda: browser.send("GET", BARE, who).seconds,
        rounds=rounds,
        each=each,
        size={**size, "queries": answer.queries, "page": path},
    )


def _book(pairs: list[tuple[Coach, Enrolment]], weeks: int) -> int:
    """Fill three of four times of each coach, the same ones in every run; return how many bookings that is."""
    chance = random.Random(5)
    rows = (
        Booking(
            coach=coach, enrolment=enrolment, participant_id=enrolment.participant_id, starts_at=at,
            ends_at=at + HALF_AN_HOUR, blocked_until=at + STEP, status=Status.BOOKED, time_zone="UTC",
            local_start=f"{at:%Y-%m-%dT%H:%M}", request=uuid4(), made_at=at,
        )
        for coach, enrolment in pairs
        for at in _times(weeks)
        if chance.random() < BOOKED
    )  # fmt: skip
    made = 0
    while batch := list(islice(rows, A_BATCH)):
        made += len(Booking.objects.bulk_create(batch))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _times(weeks: int) -> Iterator[datetime]:
    today = clock.now().replace(hour=FROM, minute=0, second=0, microsecond=0)
    for day in range(weeks * 7):
        morning = today + timedelta(days=day)
        if morning.weekday() < 5:
            yield from (morning + number * STEP for number in range(A_DAY_HOLDS))


def _asked(programme: Programme) -> int:
    """Return how many queries the search asks, from the coaches to the twenty times."""
    with CaptureQueriesContext(connection) as caught:
        found = slots.next_free(
            coaches=slots.coaches_of(programme), length=HALF_AN_HOUR, now=clock.now(), most=20
        )
    if len(found) != 20:
        raise RuntimeError(f"{len(found)} times found")
    return len(caught)


def _sweep(pairs: list[tuple[Coach, Enrolment]]) -> float:
    """Return how long the twenty times take where everything is in memory: the yardstick without a database."""
    now = clock.now()
    calendar = CoachesTime([coach for coach, _one in pairs], length=HALF_AN_HOUR, now=now)
    between = (now, now + timedelta(days=4))
    streams = calendar.free(between)
    began = time.perf_counter()
    availability.next_free(streams, most=20)
    return time.perf_counter() - began
