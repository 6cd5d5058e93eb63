"""How many are in each group: in fives, and hidden below ten, so that nobody can tell which group comes next."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from resilience.participants import about_you
from resilience.participants.arm_models import Allocation, Arm, Stratum
from resilience.participants.models import Enrolment, Programme

FEWEST, STEP = 10, 5
WORDS = {Stratum.PROFESSION: dict(about_you.PROFESSIONS), Stratum.LEVEL: dict(about_you.LEVELS)}


@dataclass(frozen=True)
class Row:
    """One group, or one stratum of it; None where there are fewer than ten, and not none at all."""

    arm: Arm
    stratum: str
    n: int | None

    @property
    def alike_in(self) -> str:
        """Return the stratum in words, as in "Nurse, Senior": a code that nobody knows stays as it is."""
        pairs = [part.split("=", 1) for part in self.stratum.split(";") if part]
        return ", ".join(str(WORDS.get(name, {}).get(code) or code or _("not said")) for name, code in pairs)


def shown(count: int) -> int | None:
    """Return a count as it may be shown: none at all, hidden below ten, else rounded to the nearest five."""
    if 0 < count < FEWEST:
        return None
    return STEP * round(count / STEP)


def rows(programme: Programme) -> list[Row]:
    """Return how many are in each group."""
    found = Arm.objects.filter(programme=programme).annotate(n=Count("allocations"))
    return [Row(arm, "", shown(arm.n)) for arm in found.order_by("position")]


def by_stratum(programme: Programme) -> list[Row]:
    """Return how many of each stratum are in each group; empty where there are no strata."""
    arms = {arm.pk: arm for arm in Arm.objects.filter(programme=programme)}
    mine = Allocation.objects.filter(arm__programme=programme, place__stratum__gt="")
    counted = mine.values_list("place__stratum", "arm").annotate(n=Count("pk"))
    found = [Row(arms[arm], stratum, shown(n)) for stratum, arm, n in counted]
    return sorted(found, key=lambda row: (row.stratum, row.arm.position))


def in_none(programme: Programme) -> int | None:
    """Return how many who joined are in no group: not yet, or as not allocated."""
    joined = Enrolment.objects.filter(cohort__programme=programme, withdrawn_at=None, allocation=None)
    return shown(joined.count())
