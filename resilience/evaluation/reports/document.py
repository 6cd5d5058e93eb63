"""The report as one self-contained HTML document: pages, tables, charts and words from one release."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from resilience.evaluation import disclosure, plan_words
from resilience.evaluation.analysis.frozen_plan import MULTIPLICITY
from resilience.evaluation.reports import (
    appendices,
    compared,
    naming,
    plain,
    sections,
    sentences,
    sentences_of_design,
    sentences_of_groups,
)
from resilience.evaluation.reports import sentences_of_responders as responders
from resilience.evaluation.reports.chart import Chart
from resilience.evaluation.reports.table import Table
from resilience.evaluation.reports.words import Words

TEMPLATE = "evaluation/printed/report.html"
STYLE = Path(__file__).parent / "report.css"


@dataclass(frozen=True)
class Composed:
    """The document, and every table that it prints: the sections' and the appendices'."""

    html: str
    tables: tuple[Table, ...]


def in_language(release: disclosure.Release, work: Callable[[], Any]) -> Any:
    """Do some work in the language of the report."""
    with translation.override(release.figures["language"]):
        return work()


def compose(
    release: disclosure.Release, words: Words, *, made: dict[str, Table], drawn: dict[str, Chart], site: str
) -> Composed:
    """The whole report from its tables and charts. `site` is this installation's address, for links back to it."""
    figures = release.figures
    with translation.override(figures["language"]):
        parts = sections.make(release, words, made=made, drawn=drawn)
        after = appendices.make(release, words, parts, first=len(made) + 1)
        tables = [*made.values(), *(table for one in after for table in one.tables)]
        context = _front(figures, words) | {
            "style": style(),
            "site": site.rstrip("/"),
            "plain": plain.page(figures, words),
            "findings": findings(release, words),
            "front": sections.picture(drawn[sections.FRONT], made) if sections.FRONT in drawn else None,
            "new_measures": " ".join(sentences.new_measures(words)),
            "sections": parts,
            "appendices": after,
            "groups": sentences_of_design.methods(figures),
            "compared": compared.named(figures, words),
            "corrections": _corrections(figures),
            "lists": _listed(tables, drawn),
        }
        return Composed(render_to_string(TEMPLATE, context), tuple(tables))


def _corrections(figures: Mapping[str, Any]) -> str:
    """The plan's own corrections for several tests, where it has others than the usual."""
    chosen = figures["plan"].get("multiplicity") or MULTIPLICITY
    return "" if chosen == MULTIPLICITY else plan_words.corrections(chosen)


def _listed(tables: list[Table], drawn: Mapping[str, Chart]) -> list[dict[str, Any]]:
    """What the page of contents lists below the sections, each list in two halves that stand side by side."""
    listed = ((_("Figures"), "chart", list(drawn.values())), (_("Tables"), "table", tables))
    return [
        {"title": title, "kind": kind, "halves": _halves(entries)}
        for title, kind, entries in listed
        if entries
    ]


def _halves(entries: list[Any]) -> tuple[list[Any], list[Any]]:
    middle = (len(entries) + 1) // 2
    return entries[:middle], entries[middle:]


def style() -> str:
    """The style sheet that stands in the document; its hash is what lets a strict browser apply it."""
    return STYLE.read_text()


def findings(release: disclosure.Release, words: Words) -> list[str]:
    """The second page's sentences: who answered, what changed, what was taken up, what was not asked for."""
    figures = release.figures
    found = [*sentences_of_groups.headline(figures, words), sentences.flow(figures, words)]
    found += [
        sentences.changed(key, figures, words)
        for key in figures["measures"]
        if figures["measures"][key]["primary"]
    ]
    found.append(sentences.delivery(figures, words))
    if figures["flow"]["retained_percent"]:
        found.append(responders.reliable(figures, words))
    found += responders.safety(figures, words)[:1]
    found.append(sentences_of_design.uncontrolled(figures))
    return [one for one in found if one]


def _front(figures: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """What the title and the heads of the pages say."""
    return {
        "figures": figures,
        "language": figures["language"],
        "programme": words.label("programme", figures["programme"]),
        "evaluation": words.label("evaluation", figures["evaluation"]),
        "as_of": _day(figures["snapshot"]["as_of"]),
        "frozen_on": _day(figures["plan"]["frozen_on"]),
        "design": sentences_of_design.in_short(figures),
    }


def _day(iso: str | None) -> str:
    return naming.day(iso) if iso else ""
