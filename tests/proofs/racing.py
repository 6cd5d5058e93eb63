"""One part of the races, in a process of its own: see tests/proofs/race.py."""

import contextlib
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from datetime import time as of_day
from urllib.parse import urlencode
from uuid import uuid4

CONNECTIONS, PROCESSES = 100, 4
BROWSERS, WEB_PROCESSES = 32, 4
SIGN_IN_EVERY, BOOKED = 100, "booked"
SOON = 20  # the first times pass out of reach while a thousand races go by: nobody could win one
HALF_AN_HOUR = timedelta(minutes=30)
LOST = {"SlotTaken", "NotOffered"}  # whoever won one slot before is offered no other
forking = multiprocessing.get_context("fork")


def main(part: str, slots: int = 0, attempts: int = 0, races: int = 0) -> int:
    """Run one part and print what was counted; return 1 where it is not as it should be."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    if part == "web":
        call_command("collectstatic", verbosity=0, interactive=False)
    if part == "migrate":
        return 0
    parts: dict[str, Callable[[], tuple[bool, str]]] = {
        "control": unprotected,
        "database": lambda: over_connections(slots, attempts),
        "web": lambda: over_the_web(races),
    }
    right, words = parts[part]()
    print(f"  {words}{'' if right else '  <- WRONG'}", flush=True)
    return 0 if right else 1


def _coach() -> object:
    """Return a coach who is free by day and by night."""
    from resilience.coaching.models import AvailabilityRule
    from tests.factories.coaching import CoachFactory

    coach = CoachFactory(slug="coach", weekdays=())
    AvailabilityRule.objects.bulk_create(
        AvailabilityRule(coach=coach, weekday=day, starts=of_day(0), ends=of_day(0)) for day in range(7)
    )
    return coach


def _people(count: int) -> list:
    from resilience.messaging import optouts
    from tests.factories.participants import EnrolmentFactory

    number = "+447700900123"
    known = {"participant__phone": number, "participant__phone_index": optouts.index(number)}
    return [
        EnrolmentFactory(participant__user__email=f"racer-{each}@example.org", **known)
        for each in range(count)
    ]


def _slots(coach: object, count: int) -> list[datetime]:
    from resilience import clock
    from resilience.coaching import slots

    found = slots.next_free(coaches=[coach], length=HALF_AN_HOUR, now=clock.now(), most=count)
    return [slot.starts_at for slot in found]


def over_connections(slots: int, attempts: int) -> tuple[bool, str]:
    """Ask for each slot `attempts` times, a hundred at once."""
    from django.db import connection, connections

    from resilience.coaching.models import Booking

    coach = _coach()
    times, people = _slots(coach, slots), _people(attempts)
    connections.close_all()
    answers = _all_at_once(coach, times, people)
    counted, slowest = Counter(), 0.0
    for each, longest in answers:
        counted, slowest = counted + each, max(slowest, longest)
    stored = Counter(Booking.objects.filter(status="BOOKED").values_list("starts_at", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        deadlocks = cursor.fetchone()[0]
    right = (
        counted["won"] == slots
        and stored == Counter(times)
        and not set(counted) - LOST - {"won"}
        and sum(counted.values()) == slots * attempts
        and deadlocks == 0
    )
    words = (
        f"{slots} slots x {attempts:,} attempts over {CONNECTIONS} connections: {counted['won']} won in the answers, "
        f"{len(stored)} slots booked in the database, once each: {set(stored.values()) == {1}}; lost "
        f"{sum(counted.values()) - counted['won']:,}; other answers {dict(counted - Counter(won=slots))}; deadlocks "
        f"{deadlocks}; slowest attempt {slowest:.2f} s"
    )
    return right, words


def _all_at_once(coach: object, times: Sequence[datetime], people: Sequence) -> list[tuple[Counter, float]]:
    """Run the attempts in processes of many threads each; every slot begins for all of them at one moment."""
    start, told = forking.Barrier(CONNECTIONS), forking.Queue()
    each = CONNECTIONS // PROCESSES
    running = []
    for number in range(PROCESSES):
        mine = [people[number * each + thread :: CONNECTIONS] for thread in range(each)]
        running.append(forking.Process(target=_attempt, args=(coach, times, mine, start, told)))
    for process in running:
        process.start()
    found = [told.get() for _ in range(CONNECTIONS)]
    for process in running:
        process.join()
    return found


def _attempt(coach: object, times: Sequence[datetime], mine: Sequence, start: object, told: object) -> None:
    threads = [threading.Thread(target=_one, args=(coach, times, people, start, told)) for people in mine]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _one(coach: object, times: Sequence[datetime], people: Sequence, start: object, told: object) -> None:
    from django.db import connection

    counted, slowest = Counter(), 0.0
    try:
        connection.ensure_connection()
        for at in times:
            start.wait()
            for person in people:
                began = time.monotonic()
                counted[_book(coach, at, person)] += 1
                slowest = max(slowest, time.monotonic() - began)
    finally:
        told.put((counted, slowest))
        connection.close()


def _book(coach: object, at: datetime, person: object) -> str:
    from resilience import clock
    from resilience.coaching import booking

    try:
        booking.book(
            coach=coach, starts_at=at, enrolment=person, request=uuid4(), by=person.participant.user, now=clock.now()
        )  # fmt: skip
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
        return type(error).__name__
    return "won"


def unprotected() -> tuple[bool, str]:
    """Book as somebody would who knows of no lock: look whether the time is free, then take it."""
    from django.db import connection, connections

    from resilience.coaching.models import Booking
    from tests.factories.coaching import BookingFactory

    coach, people = _coach(), _people(16)
    [at] = _slots(coach, 1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE coaching_booking DROP CONSTRAINT no_coach_overlap")
        cursor.execute("DROP INDEX one_live_booking_per_coach_and_time")
    start = threading.Barrier(len(people))

    def take(person: object) -> None:
        start.wait()
        if not Booking.objects.filter(coach=coach, starts_at=at).exists():
            BookingFactory(coach=coach, enrolment=person, starts_at=at)
        connections.close_all()

    threads = [threading.Thread(target=take, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = Booking.objects.filter(coach=coach, starts_at=at).count()
    return (
        taken > 1,
        f"without locks and constraints one slot was booked {taken} times by {len(people)} people",
    )


def over_the_web(races: int) -> tuple[bool, str]:
    """Let thirty-two browsers send the same time at once, again and again; the winner's call goes before the next."""
    from django.db import connection

    from tests.benchmarks import people as signing

    coach, people = _coach(), _people(BROWSERS)
    times = _slots(coach, min(races, 36) + SOON)[SOON:]
    statuses, winners, slowest = Counter(), Counter(), 0.0
    with _web() as browsers:
        for number in range(races):
            if (
                number % SIGN_IN_EVERY == 0
            ):  # these browsers keep no new cookie: a sign-in lasts half an idle hour
                cookies = [signing.sign_in(person.participant.user) for person in people]
            found = _race(browsers, cookies, times[number % len(times)])
            statuses.update(said for said, _took in found)
            slowest = max(slowest, *(took for said, took in found if said != BOOKED), 0.0)
            winners[_stored(times[number % len(times)]), sum(said == BOOKED for said, _took in found)] += 1
    right = winners == Counter({(1, 1): races}) and set(statuses) <= {BOOKED, 409}
    words = (
        f"{races:,} races of {BROWSERS} browsers over {WEB_PROCESSES} web processes ({connection.vendor}): "
        f"(in the database, in the answers) {dict(winners)}; answers {dict(statuses)}; slowest loser {slowest:.2f} s"
    )
    return right, words


def _race(browsers: Sequence, cookies: Sequence, at: datetime) -> list[tuple[int | str, float]]:
    """Return what each was told, and how long that took."""
    start, found = threading.Barrier(len(browsers)), []
    time_asked = f"coach@{at:%Y-%m-%dT%H:%M:%SZ}"

    def send(browser: object, who: object) -> None:
        body = urlencode({"time": time_asked, "request": str(uuid4())})
        start.wait()
        answer = browser.send("POST", "/calls/", who, body)
        booked = answer.status == 302 and answer.location.startswith("/calls/")
        found.append((BOOKED if booked else answer.status, answer.seconds))

    threads = [threading.Thread(target=send, args=pair) for pair in zip(browsers, cookies, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _stored(at: datetime) -> int:
    """Return how many calls stand at that time, and take all of the race away."""
    from resilience.coaching.models import Booking, CoachingRelationship
    from resilience.messaging.models import Outgoing

    booked = Booking.objects.filter(status="BOOKED", starts_at=at).count()
    Outgoing.objects.all().delete()
    Booking.objects.all().delete()
    CoachingRelationship.objects.all().delete()
    return booked


@contextlib.contextmanager
def _web() -> Iterator[list]:
    """Run the site in four processes for the length of a block; yield thirty-two browsers."""
    from tests.benchmarks import serving

    port = serving.free_port()
    command = [
        sys.executable, "-m", "gunicorn", "resilience.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--workers", str(WEB_PROCESSES), "--threads", "8", "--worker-class", "gthread", "--no-control-socket",
        "--keep-alive", "60", "--log-level", "warning",
    ]  # fmt: skip
    running = subprocess.Popen(command, env=os.environ)
    try:
        serving.wait(port)
        yield [serving.Browser(port) for _ in range(BROWSERS)]
    finally:
        running.kill()  # a worker would wait half a minute for the kept connections
        running.wait(timeout=15)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
