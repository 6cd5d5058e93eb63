"""Change by the coaches' background in the report: the table, or in words why there is none."""

import copy

import pytest

from resilience.evaluation import disclosure
from resilience.evaluation.reports import sections, tables
from tests.resilience.evaluation.reports import hand_made

NO_BACKGROUND = {"why": "no call tells whether its coach has worked with patients"}
FEW = hand_made.BACKGROUND["coping_confidence"]["t4"]


@pytest.fixture
def print_of(made):
    def one(background):
        figures = {**made.release.figures, "coach_background": background}
        if background is None:
            del figures["coach_background"]
        release = disclosure.Release(figures)
        printed = tables.make(release, made.words)
        parts = sections.make(release, made.words, made=printed, drawn={})
        return printed, next(part for part in parts if part.key == "coached")

    return one


def test_a_time_point_with_too_few_coaches_says_so_in_its_heading(print_of):
    printed, _section = print_of(hand_made.BACKGROUND)

    heads = [row.head for row in printed["coach_background"].rows if row.part]
    assert heads == [
        "Coping confidence*, T3, after the calls (p of interaction .210)",
        "Coping confidence*, T4, six weeks on: fewer than 3 coaches behind a group, and single coaches are not set "
        "side by side",
    ]


@pytest.mark.parametrize(
    ("background", "reason"),
    [
        (NO_BACKGROUND, "no call tells whether its coach has worked with patients"),
        ({"coping_confidence": {"t3": FEW, "t4": FEW}}, "fewer than 3 coaches behind a group"),
    ],
    ids=["nothing written down", "few coaches"],
)
def test_without_groups_the_section_says_why_in_words(print_of, background, reason):
    printed, section = print_of(background)

    assert "coach_background" not in printed
    assert section.sentences[-1].startswith(f"Change by the coaches’ background is not shown: {reason}")


def test_figures_of_an_earlier_version_have_no_table_and_no_sentence(print_of):
    printed, section = print_of(None)

    assert "coach_background" not in printed
    assert not any("background" in said for said in section.sentences)


def test_a_hidden_difference_is_printed_as_hidden(print_of):
    background = copy.deepcopy(hand_made.BACKGROUND)
    one = background["coping_confidence"]["t3"]
    one["groups"] = {name: disclosure.blank(group) for name, group in one["groups"].items()}
    one["adjusted"] = disclosure.blank(one["adjusted"])

    printed, _section = print_of(background)

    rows = [row for row in printed["coach_background"].rows if not row.part]
    assert {row.cells for row in rows} == {("hidden", "hidden")}
