"""Three sentences that change with the data, and never say that calls work where nobody was put into a group."""

import html
import re

from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from resilience.evaluation import disclosure
from resilience.evaluation.reports import sentences_of_exposure, tables_of_exposure
from resilience.evaluation.reports.words import Words
from tests.resilience.evaluation.disclosing import programmes

CLAIMS = re.compile(
    r"\b(work|works|worked|effective|effect|because of|thanks to|led to|helped|helps|improved|benefit\w*|proves?"
    r"|should be offered|caused|less that of the group)\b",
    re.IGNORECASE,
)
WORDS = Words({}, {}, {measure.key: measure for measure in (programmes.MOOD, programmes.AFTER)})


def figures_of(seed: int) -> dict:
    raw = programmes.figures(programmes.grow(seed))
    raw["plan"]["primary"] = ["mood"]
    return disclosure.release(raw).figures


@given(st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_without_groups_by_chance_no_sentence_says_that_calls_work_or_do_not(seed):
    figures = figures_of(seed)
    figures["core_or_optional"]["by_chance"] = False

    said = sentences_of_exposure.three(figures, WORDS)

    assert len(said) == 3
    assert all(one.strip().endswith(".") for one in said)
    assert not CLAIMS.search(" ".join(said)), said
    assert "cannot" in said[2]


def test_the_check_for_claims_finds_one():
    """The positive control."""
    assert CLAIMS.search("Calls worked for most people.")
    assert CLAIMS.search("The change of one less that of the group without calls.")


def test_with_groups_by_chance_the_difference_of_the_offer_is_told():
    figures = next(one for seed in range(40) if _has_against(one := figures_of(seed)))

    said = sentences_of_exposure.three(figures, WORDS)

    assert "by chance" in said[1]
    assert "an offer" in said[2]


def _has_against(figures: dict) -> bool:
    groups = figures["core_or_optional"]["against"].get("mood", {}).get("t2", {})
    return any(one["difference"] is not None for one in groups.values())


def test_the_sentences_change_with_the_data():
    said = {sentences_of_exposure.three(figures_of(seed), WORDS) for seed in range(6)}

    assert len(said) == 6


def test_the_page_has_tables_whose_rows_are_as_wide_as_their_heads(made):
    with translation.override("en-gb"):
        page = tables_of_exposure.page(made.release.figures, made.words)

    keys = {table.key for table in page.tables}
    assert keys >= {"change_by_calls", "coach_time", "opinions_by_calls", "fairness", "three_groups"}
    for table in page.tables:
        assert all(len(row.cells) == table.width - 1 for row in table.rows if not row.part), table.key
        assert table.sentence.endswith(".")


def test_small_groups_of_the_fairness_table_are_printed_as_hidden(made):
    page = tables_of_exposure.page(made.release.figures, made.words)
    rows = {row.head: row.cells for table in page.tables if table.key == "fairness" for row in table.rows}

    assert rows["Student"] == ("hidden", "hidden", "hidden")
    assert rows["Nurse"][0] == "24"


def test_the_report_prints_the_three_sentences(made):
    for sentence in sentences_of_exposure.three(made.release.figures, made.words):
        assert html.escape(sentence) in made.html or sentence in made.html
