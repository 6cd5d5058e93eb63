"""The five checklists as tables of the report."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.evaluation.reports import table
from resilience.evaluation.reports.checklists import cherries, consort_spi, item, strobe, tidier, trend
from resilience.evaluation.reports.checklists.item import Checklist, Figures, Filled
from resilience.evaluation.reports.words import Words

LISTS = (tidier.checklist, trend.checklist, strobe.checklist, consort_spi.checklist, cherries.checklist)


def make(figures: Figures, words: Words, filled: Mapping[str, Filled]) -> list[table.Table]:
    """Each list that applies as a table, answered where the report answers it."""
    found = (one(figures) for one in LISTS)
    return [_table(one, figures, words, filled) for one in found if one.items]


def spared(figures: Figures) -> list[str]:
    """The lists that do not apply, each with its reason."""
    return [f"{one.name}: {one.spared}" for one in (each(figures) for each in LISTS) if one.spared]


def _table(one: Checklist, figures: Figures, words: Words, filled: Mapping[str, Filled]) -> table.Table:
    answers = [(each, item.answer(each, figures, words, filled)) for each in one.items]
    rows = tuple(table.Row(each.number, (each.asks, said.text), link=said.anchor) for each, said in answers)
    left = sum(said.by_a_person for _item, said in answers)
    in_part = sum(said.in_part for _item, said in answers)
    return table.Table(
        key=one.key,
        caption=one.name,
        columns=(_("Item"), _("What it asks"), _("Where it stands")),
        rows=rows,
        sentence=ngettext(
            "Of {all} items a person must still write {n}, and add to {m} that are answered in part.",
            "Of {all} items a person must still write {n}, and add to {m} that are answered in part.",
            left,
        ).format(all=len(rows), n=left, m=in_part),
        notes=(one.source,),
        words=True,
    )
