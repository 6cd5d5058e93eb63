"""The report as one self-contained HTML document: pages, tables, charts and words from one release."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import formats, translation
from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import (
    charts,
    limits,
    sentences,
    sentences_of_design,
    sentences_of_responders,
    tables,
)
from resilience.evaluation.reports.words import Words

TEMPLATE = "evaluation/report.html"
STYLE = Path(__file__).parent / "report.css"


@dataclass(frozen=True)
class Picture:
    """A chart with the number of the table that holds its figures."""

    chart: charts.Chart
    table: int


@dataclass(frozen=True)
class Section:
    """A numbered part of the report: what it asks, its charts and its tables."""

    key: str
    title: str
    lead: str
    pictures: tuple[Picture, ...]
    tables: tuple[tables.Table, ...]


def in_language(release: disclosure.Release, work: Callable[[], Any]) -> Any:
    """Do some work in the language of the report."""
    with translation.override(release.figures["language"]):
        return work()


def compose(
    release: disclosure.Release,
    words: Words,
    *,
    made: dict[str, tables.Table],
    drawn: dict[str, charts.Chart],
    site: str,
) -> str:
    """The whole report from its tables and charts. `site` is this installation's address, for links back "
    "to it."""
    figures = release.figures
    with translation.override(figures["language"]):
        context = {
            "figures": figures,
            "style": style(),
            "site": site.rstrip("/"),
            "language": figures["language"],
            "programme": words.label("programme", figures["programme"]),
            "evaluation": words.label("evaluation", figures["evaluation"]),
            "as_of": _day(figures["snapshot"]["as_of"]),
            "frozen_on": _day(figures["plan"]["frozen_on"]),
            "findings": findings(release, words),
            "front": _picture(drawn, made, "forest"),
            "sections": sections(made, drawn),
            "limits": limits.sentences(figures, words),
            "design": sentences_of_design.in_short(figures),
            "groups": sentences_of_design.methods(figures),
            "new_measures": " ".join(sentences.new_measures(words)),
            "safety": sentences_of_responders.safety(figures, words),
        }
        return render_to_string(TEMPLATE, context)


def style() -> str:
    """The style sheet that stands in the document; its hash is what lets a strict browser apply it."""
    return STYLE.read_text()


def findings(release: disclosure.Release, words: Words) -> list[str]:
    """The first page's sentences: who answered, what changed, what was taken up, what was not asked for."""
    figures = release.figures
    found = [sentences.flow(figures, words)]
    found += [
        sentences.changed(key, figures, words)
        for key in figures["measures"]
        if figures["measures"][key]["primary"]
    ]
    found.append(sentences.delivery(figures, words))
    if figures["flow"]["retained_percent"]:
        found.append(sentences_of_responders.reliable(figures, words))
    found.append(sentences_of_design.uncontrolled(figures))
    return [one for one in found if one]


def sections(made: dict[str, tables.Table], drawn: dict[str, charts.Chart]) -> list[Section]:
    """The report's parts in reading order; a part without anything to show says so in its lead."""
    plan = (
        ("people", _("Who took part"), ("flow",), ("flow", "characteristics", "baseline_by_calls")),
        ("delivery", _("What was delivered"), (), ("delivery", "acceptability")),
        ("quality", _("How well the measures worked"), (), ("scores", "reliability")),
        ("change", _("What changed"), ("paired",), ("change", "effect_sizes")),
        ("individual", _("Who changed"), (), ("reliable_change", "cutoffs", "responders")),
    )
    found = []
    for key, title, chart_keys, table_keys in plan:
        shown = tuple(made[one] for one in table_keys if one in made)
        pictures = tuple(_picture(drawn, made, one) for one in chart_keys if one in drawn)
        lead = (
            "" if shown or pictures else _("There is nothing to show here yet: too few people have answered.")
        )
        found.append(Section(key, title, lead, pictures, shown))
    return found


def _picture(drawn: dict[str, charts.Chart], made: dict[str, tables.Table], key: str) -> Picture | None:
    return Picture(drawn[key], made[drawn[key].table].number) if key in drawn else None


def _day(iso: str | None) -> str:
    return formats.date_format(date.fromisoformat(iso[:10]), "j F Y") if iso else ""
