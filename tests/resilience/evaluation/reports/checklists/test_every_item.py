"""What each item of each checklist says, over four kinds of data, in tests/golden/checklists.txt.

Places stand there by the keys of their tables, so that a table more does not change every line. After a change that is
meant:

    WRITE_GOLDEN=1 python -m pytest tests/resilience/evaluation/reports/checklists

and read each line of the difference against what the report really prints.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

from resilience.evaluation.reports import sections
from resilience.evaluation.reports.checklists import lists
from resilience.evaluation.reports.checklists.item import Filled

GOLDEN = Path(__file__).parents[4] / "golden" / "checklists.txt"
ALL_WORDS = ("findings", "plan", "methods", "limits")


def told(made) -> Iterator[str]:
    """A line an item: the list, its number, what it asks, what stands beside it."""
    keys = [*made.tables, *(sections.CHART + key for key in made.charts), *ALL_WORDS]
    with translation.override("en-gb"):
        for table in lists.make(made.release.figures, made.words, {key: Filled(key, key) for key in keys}):
            yield f"{table.key}: {table.sentence}"
            yield from (f"{table.key} {row.head} [{row.cells[0]}] {row.cells[1]}" for row in table.rows)


def test_each_item_says_what_was_read_against_the_report(
    made, made_of_two_arms, made_without_calls, made_by_hand
):
    kinds = {
        "uncontrolled demonstration": made,
        "imported pack with two arms": made_of_two_arms,
        "imported pack without calls": made_without_calls,
        "trial on this site": made_by_hand,
    }
    found = "".join(f"# {kind}\n" + "\n".join(told(one)) + "\n\n" for kind, one in kinds.items())
    if os.environ.get("WRITE_GOLDEN"):
        GOLDEN.write_text(found)

    assert found == GOLDEN.read_text()


def test_every_place_that_an_item_names_stands_in_the_document(made, made_of_two_arms, made_without_calls):
    for one in (made, made_of_two_arms, made_without_calls):
        places = set(re.findall(r'id="([\w-]+)"', one.html))
        tables = [
            table for table in one.printed_tables if table.key in ("tidier", "trend", "strobe", "cherries")
        ]

        assert {row.link for table in tables for row in table.rows if row.link} <= places


def test_every_place_that_an_item_may_name_is_one_of_the_report(made_by_hand):
    known = {
        *sections.keys_of_tables(),
        *(sections.CHART + key for key in sections.keys_of_charts()),
        *ALL_WORDS,
    }

    for make in lists.LISTS:
        for item in make(made_by_hand.release.figures).items:
            assert set(item.at.split()) <= known, item.number
