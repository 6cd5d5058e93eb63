"""What a printed table is, and how its rows are put together."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import sentences
from resilience.evaluation.reports.words import Words


@dataclass(frozen=True)
class Row:
    """One row. `head` names it; `part` marks a heading over the rows that follow.

    `link` is the place in the document that the last cell speaks of; print adds its page.
    """

    head: str
    cells: tuple[str, ...] = ()
    part: bool = False
    link: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its number in the report, its rows, its notes and one plain sentence.

    `standing` says whether what it shows was planned, where that is known. `words` marks a table whose cells are
    words, which are set to the left and may break.
    """

    key: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sentence: str
    notes: tuple[str, ...] = ()
    number: int = 0
    standing: str = ""
    words: bool = False

    @property
    def width(self) -> int:
        return len(self.columns)

    @property
    def grouped(self) -> bool:
        """Whether headings stand over its rows: print keeps the rows below each together."""
        return any(row.part for row in self.rows)


def by_measure(
    figures: Mapping[str, Any],
    words: Words,
    part: str,
    cells: Callable[[str, Mapping[str, Any]], Iterable[str]],
    *,
    only: Callable[[Mapping[str, Any]], bool] = lambda one: one["n"] > 0,
) -> tuple[Row, ...]:
    """One row a measure and time point, below a heading for each measure, for those that `only` lets "
    "through."""
    rows: list[Row] = []
    for key, measure in figures["measures"].items():
        shown = {when: one for when, one in measure[part].items() if only(one)}
        if shown:
            rows.append(heading(key, measure, words))
            rows += [Row(words.timepoint(when), tuple(cells(key, one))) for when, one in shown.items()]
    return tuple(rows)


def heading(key: str, measure: Mapping[str, Any], words: Words) -> Row:
    """The heading over one measure's rows: its title, which way is better, whether it was planned."""
    return Row(
        f"{words.measure(key)} ({sentences.direction(measure['direction'])}; {rank(measure)})", part=True
    )


def rank(measure: Mapping[str, Any]) -> str:
    """What the plan says of a measure."""
    if measure.get("primary"):
        return _("primary, planned") if measure["planned"] else _("primary, not planned")
    return _("planned") if measure["planned"] else _("not planned")


def standing(figures: Mapping[str, Any], analysis: str) -> str:
    """Whether an analysis was planned before the figures were seen; empty where no plan tells."""
    known = figures["plan"].get("analyses")
    if known is None:
        return ""
    return _("planned") if analysis in known else _("not planned")


def hidden_or(figure: Mapping[str, Any], show: Callable[[Mapping[str, Any]], str]) -> str:
    """What to print for a figure that disclosure control may have hidden."""
    return _("hidden") if disclosure.is_hidden(figure) else show(figure)
