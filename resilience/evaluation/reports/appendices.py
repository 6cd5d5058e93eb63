"""What follows the sections: the plan and its deviations, how figures were worked out, the checklists."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import tables_of_plan
from resilience.evaluation.reports.checklists import lists
from resilience.evaluation.reports.checklists.item import Filled
from resilience.evaluation.reports.sections import CHART, LIMITS, Section
from resilience.evaluation.reports.table import Table
from resilience.evaluation.reports.words import Words


@dataclass(frozen=True)
class Appendix:
    """A lettered part after the sections."""

    letter: str
    key: str
    title: str
    lead: str
    tables: tuple[Table, ...] = ()
    sentences: tuple[str, ...] = ()


def make(release: disclosure.Release, words: Words, parts: list[Section], *, first: int) -> list[Appendix]:
    """The appendices, their tables numbered on from the sections'."""
    figures = release.figures
    plan = [tables_of_plan.plan(figures, words), tables_of_plan.deviations(figures, words)]
    decided = _numbered([one for one in plan if one is not None], first)
    answered = lists.make(figures, words, _filled(parts))
    checked = _numbered(answered, first + len(decided))
    return [
        Appendix("A", "plan", _("The plan, and deviations from it"), "", decided),
        Appendix("B", "methods", _("How it was worked out"), ""),
        Appendix(
            "C", "checklists", _("Reporting checklists"), _checked(), checked, tuple(lists.spared(figures))
        ),
    ]


def _numbered(tables: list[Table], first: int) -> tuple[Table, ...]:
    return tuple(replace(table, number=number) for number, table in enumerate(tables, start=first))


def _checked() -> str:
    return _(
        "Each item stands in our own short words: read the published list before you claim to follow it. Where the "
        "data or the plan answer an item, its place or the sentence is given; all else a person must write."
    )


def _filled(parts: list[Section]) -> dict[str, Filled]:
    """Where something stands, for the items of the checklists: each table and chart, and what is all words."""
    found = {key: place for part in parts for key, place in _places(part)}
    return found | {
        "findings": Filled(_("Page “In short”"), "findings"),
        "plan": Filled(_("Appendix A"), "plan"),
        "methods": Filled(_("Appendix B"), "methods"),
    }


def _places(part: Section) -> Iterator[tuple[str, Filled]]:
    cited = _("Section {number}").format(number=part.number)
    if part.key == LIMITS:
        yield LIMITS, Filled(cited, LIMITS)
    for block in part.blocks:
        if isinstance(block, Table):
            thing = f"{_('Table')} {block.number}"
            yield block.key, Filled(cited, f"table-{block.key}", thing)
        else:
            thing = f"{_('Figure')} {block.chart.number}"
            yield CHART + block.chart.key, Filled(cited, f"chart-{block.chart.key}", thing)
