"""The eighteen sections of the report in reading order: which charts and tables each holds, and what is said where it
holds none."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import (
    leads,
    limits,
    sentences_of_exposure,
    tables_of_coaches,
    tables_of_coping,
    tables_of_system,
)
from resilience.evaluation.reports.chart import Chart
from resilience.evaluation.reports.table import Table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

FRONT = "forest"  # the chart of the second page
CHART = "chart:"
BESIDE = {
    "flow": "arms_flow",
    "pairs": "ways",
    "scatter": "reliable_change",
}  # a chart whose figures fill two tables
LIMITS = "limits"  # the one section that is all sentences


@dataclass(frozen=True)
class Picture:
    """A chart with the numbers of the tables that hold its figures."""

    chart: Chart
    tables: tuple[int, ...]

    @property
    def numbers(self) -> str:
        """The numbers in words."""
        return get_text_list([str(number) for number in self.tables], _("and"))


@dataclass(frozen=True)
class Section:
    """A numbered part of the report: what it says first, its charts and tables in order, its sentences."""

    number: int
    key: str
    title: str
    lead: str
    blocks: tuple[Picture | Table, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Part:
    """What stands in a section, in reading order: tables by their key, charts by theirs after CHART."""

    key: str
    title: str
    lead: Callable[[Figures, Words], str]
    shows: str = ""


def _parts() -> tuple[_Part, ...]:
    return (
        _Part(
            "people", _("Who took part, and who stayed"), leads.people,
            "chart:flow flow arms_flow chart:attrition reasons",
        ),
        _Part("dates", _("Dates and windows"), leads.dates, "dates"),
        _Part("delivery", _("What was delivered"), leads.delivery, "delivery fidelity"),
        _Part(
            "characteristics", _("Who the people were"), leads.characteristics,
            "characteristics numbers baseline_by_calls",
        ),
        _Part("missing", _("Missing answers"), leads.missing, "missing patterns nonresponse predictors"),
        _Part("quality", _("How well the measures worked"), leads.quality, "scores reliability"),
        _Part(
            "change", _("What changed"), leads.change,
            "chart:paired change effect_sizes side_by_side chart:pairs ways system coping",
        ),
        _Part("mixed", _("All time points together"), leads.mixed, "mixed_model last_score imputed"),
        _Part("individual", _("Who changed"), leads.individual, "reliable_change chart:scatter cutoffs responders"),
        _Part(
            "coached", _("With and without a call"), leads.coached,
            "offers why_not change_by_calls opinions_by_calls coach_time coached_difference weighted_difference "
            "mixed_by_coaching coach_background arms",
        ),
        _Part("dose", _("Change by number of calls"), leads.dose, "per_call per_module"),
        _Part("cost", _("Cost"), leads.cost, "cost"),
        _Part("subgroups", _("Groups of people"), leads.subgroups, "subgroups fairness"),
        _Part(
            "acceptability", _("What people thought of it"), leads.acceptability,
            "acceptability chart:agreement answers leaving two_sides three_groups",
        ),
        _Part("coding", _("What people wrote"), leads.coding, "coding"),
        _Part("harms", _("Harms"), leads.harms, "harms"),
        _Part(LIMITS, _("What these data cannot say"), leads.limits),
        _Part(
            "declarations", _("Involvement, incentives, funding, registration"), leads.declarations, "declarations"
        ),
    )  # fmt: skip


def make(
    release: disclosure.Release, words: Words, *, made: Mapping[str, Table], drawn: Mapping[str, Chart]
) -> list[Section]:
    """Every section in order; one without anything to show says why in its lead."""
    return [
        _section(number, part, release, words, made, drawn) for number, part in enumerate(_parts(), start=1)
    ]


def keys_of_tables() -> list[str]:
    """The tables of the sections in the order in which a reader meets them."""
    return [key for part in _parts() for key in part.shows.split() if not key.startswith(CHART)]


def keys_of_charts() -> list[str]:
    """The charts in the same order."""
    shown = (key for part in _parts() for key in part.shows.split() if key.startswith(CHART))
    return [FRONT, *(key.removeprefix(CHART) for key in shown)]


def _section(
    number: int, part: _Part, release: disclosure.Release, words: Words, made: Mapping, drawn: Mapping
) -> Section:
    return Section(
        number,
        part.key,
        part.title,
        part.lead(release.figures, words),
        tuple(_blocks(part.shows.split(), made, drawn)),
        tuple(_sentences(part.key, release.figures, words)),
    )


def _blocks(keys: list[str], made: Mapping, drawn: Mapping) -> Iterator[Picture | Table]:
    for key in keys:
        if key in made:
            yield made[key]
        elif key.startswith(CHART) and key.removeprefix(CHART) in drawn:
            yield picture(drawn[key.removeprefix(CHART)], made)


def _sentences(key: str, figures: Figures, words: Words) -> list[str]:
    if key == LIMITS:
        return limits.sentences(figures, words)
    if key == "coached":
        why = tables_of_coaches.told_why(figures)
        return [*sentences_of_exposure.three(figures, words), *([why] if why else [])]
    if key == "change":
        told = tables_of_system.told_why(figures), tables_of_coping.told_why(figures)
        return [why for why in told if why]
    return []


def picture(chart: Chart, made: Mapping[str, Table]) -> Picture:
    """A chart beside the numbers of the tables that hold its figures."""
    return Picture(chart, tuple(made[key].number for key in tables_of(chart) if key in made))


def tables_of(chart: Chart) -> tuple[str, ...]:
    """The tables that together hold what a chart draws, where there are any such."""
    return (chart.table, *([BESIDE[chart.key]] if chart.key in BESIDE else []))
