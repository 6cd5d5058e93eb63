"""What follows the sections: the plan and its deviations, how figures were worked out, the checklists."""

from dataclasses import dataclass, replace

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import tables_of_plan
from resilience.evaluation.reports.checklists import lists
from resilience.evaluation.reports.checklists.item import Filled
from resilience.evaluation.reports.sections import Section
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
    """Where something stands, for the items of the checklists."""
    found = {part.key: Filled(_cited(part), part.key) for part in parts if part.filled}
    return found | {
        "findings": Filled(_("Page “In short”"), "findings"),
        "plan": Filled(_("Appendix A"), "plan"),
        "methods": Filled(_("Appendix B"), "methods"),
    }


def _cited(part: Section) -> str:
    cited = _("Section {number}").format(number=part.number)
    numbers = [str(table.number) for table in part.tables]
    if not numbers:
        return cited
    text = _("{section}, Table {numbers}") if len(numbers) == 1 else _("{section}, Tables {numbers}")
    return text.format(section=cited, numbers=get_text_list(numbers, _("and")))
