"""The printed tables, each once: HTML, PDF and CSV show the same rows."""

from dataclasses import replace

from resilience.evaluation import disclosure
from resilience.evaluation.reports import tables_of_change, tables_of_people, tables_of_responders
from resilience.evaluation.reports.table import Table
from resilience.evaluation.reports.words import Words

_MAKERS = (
    tables_of_people.flow,
    tables_of_people.characteristics,
    tables_of_people.by_calls,
    tables_of_people.delivery,
    tables_of_people.acceptability,
    tables_of_change.scores,
    tables_of_change.reliability,
    tables_of_change.change,
    tables_of_change.sizes,
    tables_of_responders.individual,
    tables_of_responders.cutoffs,
    tables_of_responders.responders,
)


def make(release: disclosure.Release, words: Words) -> dict[str, Table]:
    """Every table that these figures fill, numbered in the order of the report."""
    made = [maker(release.figures, words) for maker in _MAKERS]
    shown = [table for table in made if table is not None and any(not row.part for row in table.rows)]
    return {table.key: replace(table, number=place) for place, table in enumerate(shown, start=1)}
