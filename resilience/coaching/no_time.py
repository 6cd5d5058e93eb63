"""No free time suits: what times would, counted for whoever plans hours, and one word once a time is free."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from resilience.coaching import choosing, offers, whom
from resilience.coaching.booking_models import NoTime
from resilience.messaging import outbox, quiet
from resilience.messaging.models import Channel
from resilience.participants.models import Enrolment, Programme

TIME_FREE = "time_free"
A_DAY, THREE_DAYS = timedelta(days=1), timedelta(days=3)
AT_ONCE = 20
DAYS = [
    ("MON", _("Monday")), ("TUE", _("Tuesday")), ("WED", _("Wednesday")), ("THU", _("Thursday")), ("FRI", _("Friday")),
    ("SAT", _("Saturday")), ("SUN", _("Sunday")),
]  # fmt: skip
PARTS = [
    ("EARLY", _("Before 8 in the morning")),
    ("MORNING", _("8 to 12")),
    ("AFTERNOON", _("12 to 5")),
    ("EVENING", _("5 to 9 in the evening")),
    ("NIGHT", _("After 9 at night")),
]


def ask(*, enrolment: Enrolment, wanted: Iterable[str], tell_me: bool, now: datetime) -> NoTime:
    """Keep which times somebody would want, in place of what they said before. Raises offers.NotOffered."""
    standing = offers.standing(enrolment, now=now)
    if not standing.bookable:
        raise offers.NotOffered(standing.offer)
    said = {"wanted": sorted(set(wanted)), "tell_me": tell_me, "at": now, "told_at": None}
    kept, _fresh = NoTime.objects.update_or_create(enrolment=enrolment, defaults=said)
    return kept


def tell(*, now: datetime) -> int:
    """Write once to those who wait, the first who asked first, and to no more of a programme than there are times.

    Return how many were written to.
    """
    waiting = NoTime.objects.filter(tell_me=True, told_at=None, enrolment__withdrawn_at=None)
    related = (
        "enrolment__cohort__programme__organisation",
        "enrolment__participant__user",
        "enrolment__respondent",
    )
    told = 0
    for row in waiting.select_related(*related).order_by("at")[:AT_ONCE]:
        if not offers.standing(row.enrolment, now=now).bookable:
            NoTime.objects.filter(pk=row.pk).update(tell_me=False)  # they have a call, or want none any more
        elif _told_lately(row, now=now) < _free(row.enrolment, now=now):
            _plan(row, now=now)
            told += 1
    return told


def _told_lately(row: NoTime, *, now: datetime) -> int:
    cohort = row.enrolment.cohort
    return NoTime.objects.filter(
        enrolment__cohort__programme=cohort.programme_id, told_at__gt=now - A_DAY
    ).count()


def _free(enrolment: Enrolment, *, now: datetime) -> int:
    found = choosing.times(
        coaches=whom.open_to(enrolment),
        participant=enrolment.participant,
        minutes=enrolment.cohort.programme.call_minutes,
        now=now,
    )
    return sum(len(times) for _day, times in found.days)


def _plan(row: NoTime, *, now: datetime) -> None:
    NoTime.objects.filter(pk=row.pk).update(told_at=now)
    due_at = quiet.after(now, zone=row.enrolment.participant.time_zone)
    outbox.plan(
        key=f"{TIME_FREE}:{row.pk}:{row.at:%Y%m%d%H%M%S}", kind=TIME_FREE, channel=Channel.EMAIL,
        recipient=row.enrolment.participant.user, target_id=row.pk, due_at=due_at, not_after=due_at + THREE_DAYS,
    )  # fmt: skip


def wanted(programmes: Iterable[Programme], *, since: datetime) -> list[tuple[str, list[int]]]:
    """Return for each part of the day how many people want it on each day: figures, and nobody's name."""
    rows = NoTime.objects.filter(enrolment__cohort__programme__in=programmes, at__gte=since)
    counted: Counter = Counter()
    for said in rows.values_list("wanted", flat=True):
        counted.update(
            (day, part) for day, _name in DAYS for part, _words in PARTS if {day, part} <= set(said)
        )
    return [(words, [counted[day, part] for day, _name in DAYS]) for part, words in PARTS]


def wishes(enrolment: Enrolment) -> tuple[list[str], list[str]]:
    """Return which days and which parts of the day would suit somebody, in words; none where they did not say."""
    row = NoTime.objects.filter(enrolment=enrolment).first()
    said = row.wanted if row else []
    return tuple([str(words) for code, words in choices if code in said] for choices in (DAYS, PARTS))


def waiting(programmes: Iterable[Programme]) -> int:
    """Return how many people wait for a time to become free."""
    rows = NoTime.objects.filter(enrolment__cohort__programme__in=programmes, tell_me=True, told_at=None)
    return rows.filter(enrolment__withdrawn_at=None).count()
