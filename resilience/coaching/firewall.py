"""Who may not talk with whom: nobody with those above or below them at work, however many steps away.

A line runs upwards through everybody who manages, supervises, assesses or appraises; the two are kept apart where
either stands in the other's line. What was declared counts as what was imported does.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection
from django.utils.crypto import salted_hmac

from resilience.coaching.booking_models import Apart, WorkRelation
from resilience.coaching.models import Coach
from resilience.participants.models import Participant

LINES = """
WITH RECURSIVE line (origin, mark) AS (
    VALUES {seeds}
    UNION
    SELECT line.origin, CAST(known.above AS text) FROM {relations} known JOIN line ON known.below = line.mark
)
SELECT origin, mark FROM line
"""


def mark(text: str) -> str:
    """Return the keyed hash under which a work e-mail or a staff number is found again."""
    plain = "".join(text.split()).lower()
    return salted_hmac("resilience.work", plain, algorithm="sha256").hexdigest()


def between(coach: Coach, participant: Participant) -> bool:
    """Return whether these two may not talk with one another."""
    return bool(kept_from(participant, coaches=[coach]))


def kept_from(participant: Participant, *, coaches: Sequence[Coach]) -> set[UUID]:
    """Return which of the coaches may not talk with this person: two queries, however many coaches there are.

    The coaches' users are read, so they should come with them.
    """
    said = Apart.objects.filter(participant=participant, coach__in=[coach.pk for coach in coaches])
    found = set(said.values_list("coach", flat=True))
    own = mark(participant.user.email)
    theirs = {coach.pk: mark(coach.user.email) for coach in coaches}
    lines = _lines({own, *theirs.values()})
    for coach in coaches:
        other = theirs[coach.pk]
        itself = coach.user_id == participant.user_id
        if itself or other in lines[own] or own in lines[other]:
            found.add(coach.pk)
    return found


def _lines(marks: Iterable[str]) -> dict[str, set[str]]:
    """Return for each mark all that stand above it, with itself and its other names."""
    seeds = sorted(marks)
    values = ", ".join(["(CAST(%s AS text), CAST(%s AS text))"] * len(seeds))
    statement = LINES.format(seeds=values, relations=WorkRelation._meta.db_table)
    found: dict[str, set[str]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(statement, [each for each in seeds for _twice in range(2)])
        for origin, known in cursor.fetchall():
            found[origin].add(known)
    return found


def open_to(participant: Participant, *, coaches: Sequence[Coach]) -> list[Coach]:
    """Return the coaches whom this person may talk with, in the same order."""
    kept = kept_from(participant, coaches=coaches)
    return [coach for coach in coaches if coach.pk not in kept]
