"""What was delivered: calls, minutes, modules."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from resilience.evaluation.analysis.frozen import CANCELLED, FULFILLED, PARTICIPANT_NO_SHOW, Dataset


@dataclass(frozen=True, slots=True)
class Delivery:
    """Totals over the programme. Modules: how many people finished exactly so many."""

    calls_attended: int
    call_minutes: int
    minutes_per_call: float | None
    not_attended: int
    cancelled: int
    other_outcomes: int
    coaches: int
    modules: Mapping[str, int]


def total(dataset: Dataset) -> Delivery:
    """Add up the calls and the modules."""
    outcomes = Counter(call.outcome for call in dataset.calls)
    known = outcomes[FULFILLED] + outcomes[PARTICIPANT_NO_SHOW] + outcomes[CANCELLED]
    held = [call for call in dataset.calls if call.outcome == FULFILLED]
    modules = Counter(person.modules for person in dataset.people)
    return Delivery(
        calls_attended=sum(dataset.attended(person.key) for person in dataset.people),
        call_minutes=sum(call.minutes for call in held),
        minutes_per_call=sum(call.minutes for call in held) / len(held) if held else None,
        not_attended=outcomes[PARTICIPANT_NO_SHOW],
        cancelled=outcomes[CANCELLED],
        other_outcomes=len(dataset.calls) - known,
        coaches=len({call.coach for call in held}),
        modules={str(number): modules[number] for number in sorted(modules)},
    )
