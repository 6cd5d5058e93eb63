"""What people thought of it: how many agree with each statement."""

from collections.abc import Mapping
from dataclasses import dataclass

from resilience.evaluation.analysis import describe, proportions
from resilience.evaluation.analysis.columns import Columns, Items
from resilience.evaluation.analysis.frozen import Dataset, Measure, plain
from resilience.evaluation.analysis.turning import turn


@dataclass(frozen=True, slots=True)
class Agreement:
    """People who chose one of the two highest of five answers, of those who answered the item.

    `answers` counts each answer. Raises proportions.Disagrees where the numbers do not belong together.
    """

    n: int
    agree: int
    percent: float | None
    missing: int
    answers: Mapping[str, proportions.Share]
    why: str | None = None

    def __post_init__(self) -> None:
        proportions.agree(self.agree, self.n, self.percent)
        if sum(share.n for share in self.answers.values()) != self.n:
            raise proportions.Disagrees(f"the answers do not add up to {self.n}")


def count(data: Dataset | Columns, *, measure: Measure) -> Mapping[str, Agreement]:
    """Agreement with each item at the first time point that asks; missing are those who answered other items."""
    table = turn(data)
    asked = [timepoint for timepoint in measure.timepoints if timepoint in table.plan.due]
    items = table.items_at(measure.instrument, asked[0]) if asked else table.items_at("", "")
    return {str(item): _agreement(items, item, measure) for item in measure.items}


def _agreement(items: Items, item: int, measure: Measure) -> Agreement:
    given = describe.given(items.column(item))
    # An answer beside the scale, such as "does not apply", has a row of its own: else the rows do not add up.
    steps = sorted(
        {*range(int(measure.item_low), int(measure.item_high) + 1), *(plain(one) for one in given)}
    )
    share = proportions.share(int((given >= measure.item_high - 1).sum()), len(given))
    return Agreement(
        n=share.of,
        agree=share.n,
        percent=share.percent,
        missing=len(items.rows) - share.of,
        answers={str(step): proportions.share(int((given == step).sum()), len(given)) for step in steps},
        why=share.why,
    )
