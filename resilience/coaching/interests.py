"""Which training coaches and those who lead them would take up, and how many of each role want what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from resilience.accounts.models import Role, User
from resilience.coaching.development_models import TrainingInterest
from resilience.participants.models import Programme

TOPICS = {
    "COACHING": _("Coaching skills: asking, listening, leaving advice out"),
    "AFTER": _("Talking with colleagues after something went wrong"),
    "SIGNS": _("Seeing when somebody needs another kind of help"),
    "SYSTEM": _("Seeing what the work itself added, and saying so"),
    "SUPERVISING": _("Supervising other coaches"),
    "TRAINING": _("Training new coaches"),
    "OWN": _("Looking after oneself as a coach"),
    "NONE": _("None of these now"),
}
ROLES = (Role.COACH, Role.COACH_LEAD)


@dataclass(frozen=True)
class Row:
    """One topic: of each role how many want it, and the percent of those who answered."""

    topic: str
    cells: tuple[tuple[int, float | None], ...]


@dataclass(frozen=True)
class Table:
    """How many of each role answered, and what they want."""

    roles: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]

    @property
    def answered(self) -> int:
        """Return how many answered, whatever their role."""
        return sum(count for _role, count in self.roles)


def say(
    *, user: User, programme: Programme, role: str, topics: Collection[str], now: datetime
) -> TrainingInterest:
    """Keep what somebody would take up; the newest answer stands in place of an older one."""
    said = {"role": role, "topics": sorted(topics), "at": now}
    kept, _fresh = TrainingInterest.objects.update_or_create(user=user, programme=programme, defaults=said)
    return kept


def of(user: User, programme: Programme) -> list[str]:
    """Return what somebody said last; nothing where they have not answered."""
    found = TrainingInterest.objects.filter(user=user, programme=programme).first()
    return found.topics if found else []


def table(programme: Programme) -> Table:
    """Return n and percent of each topic by role, of those who answered."""
    said = list(TrainingInterest.objects.filter(programme=programme).values_list("role", "topics"))
    answered = {role: [set(topics) for own, topics in said if own == role] for role in ROLES}
    rows = [
        Row(str(words), tuple(_cell(topic, answered[role]) for role in ROLES))
        for topic, words in TOPICS.items()
    ]
    return Table(tuple((str(role.label), len(answered[role])) for role in ROLES), tuple(rows))


def _cell(topic: str, answers: list[set[str]]) -> tuple[int, float | None]:
    wanted = sum(topic in each for each in answers)
    return wanted, 100 * wanted / len(answers) if answers else None
