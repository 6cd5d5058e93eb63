"""What things are called in a report, in the programme's language: labels travel with the snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass

from resilience.evaluation.analysis.frozen import Measure, Snapshot


@dataclass(frozen=True)
class Words:
    """Labels for keys. An unknown key stands for itself, underscores as spaces."""

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
        return self.labels.get(f"{kind}:{key}") or key.replace("_", " ").capitalize()

    def timepoint(self, key: str) -> str:
        """A time point's short name and its label, such as "T1: Before"."""
        label = self.timepoints.get(key, "")
        return label if label.startswith(self.short(key)) else f"{self.short(key)}: {label}"

    def short(self, key: str) -> str:
        """A time point's short name, such as "T1"."""
        return key.upper()

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
