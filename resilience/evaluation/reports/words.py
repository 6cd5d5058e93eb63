"""What things are called in a report, in the programme's language: labels travel with the snapshot.

Only codes of our own are made into words. A name that people gave, of a place, a unit, a group or a time point, is
printed as they gave it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from resilience.evaluation.analysis.frozen import Measure, Snapshot
from resilience.participants import about_you

NAMED_BY_PEOPLE = frozenset({"arm", "evaluation", "programme", "site", "theme", "unit"})
CODES = {
    "profession": about_you.PROFESSIONS,
    "level": about_you.LEVELS,
    "workplace": [about_you.ELSEWHERE],
    "gender": about_you.GENDERS,
    "shifts": about_you.SHIFTS,
}  # of these kinds what is no code of ours was given by people
OUR_TIMEPOINT = re.compile(r"t\d+")


@dataclass(frozen=True)
class Words:
    """Labels for keys. A code without a label stands for itself, underscores as spaces; a name as it was given."""

    labels: Mapping[str, str]
    timepoints: Mapping[str, str]
    measures: Mapping[str, Measure]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Words":
        dataset = snapshot.dataset
        return cls(
            snapshot.labels, dataset.plan.labels, {measure.key: measure for measure in dataset.measures}
        )

    def label(self, kind: str, key: str) -> str:
        """The label of a key of some kind: programme, evaluation, characteristic, group, item."""
        return self.labels.get(f"{kind}:{key}") or (_words(key) if _is_ours(kind, key) else key)

    def within(self, kind: str, key: str) -> str:
        """The same within a sentence: a code of ours in small letters, a name as it was given."""
        label = self.label(kind, key)
        return label.lower() if _is_ours(kind, key) else label

    def timepoint(self, key: str) -> str:
        """A time point's short name and its label, such as "T1: Before"."""
        label = self.timepoints.get(key, "")
        return label if label.startswith(self.short(key)) else f"{self.short(key)}: {label}"

    def short(self, key: str) -> str:
        """A time point's short name, such as "T1"; one of data from elsewhere as it was given."""
        return key.upper() if OUR_TIMEPOINT.fullmatch(key) else key

    def measure(self, key: str) -> str:
        """A measure's title, marked where it is our own and has not been validated."""
        found = self.measures[key]
        return found.title if found.validated else f"{found.title}*"

    def brief(self, key: str) -> str:
        """A measure's short name for charts and sentences, marked in the same way."""
        found = self.measures[key]
        return (found.short or found.title) + ("" if found.validated else "*")

    def decimals(self, key: str) -> int:
        return self.measures[key].decimals

    def new_measures(self) -> list[str]:
        """The titles of our own measures, which every table marks as new and not validated."""
        return [measure.title for measure in self.measures.values() if not measure.validated]


def _is_ours(kind: str, key: str) -> bool:
    """Whether a key is a code of ours."""
    if kind in CODES:
        return key in dict(CODES[kind])
    return kind not in NAMED_BY_PEOPLE


def _words(code: str) -> str:
    return code.replace("_", " ").capitalize()
