"""When people joined and answered, and what is missing where."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation.reports import entries, gaps, references, rounding, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

MOST_PATTERNS = 8


def dates(figures: Figures, words: Words) -> table.Table | None:
    """Days from joining to each time point, and how many answers came outside the window."""
    waves = entries.of((figures.get("dates") or {}).get("waves"))
    shown = [one for one in waves.values() if one.get("n")]
    rows = [
        table.Row(
            words.timepoint(when),
            (
                rounding.count(one["n"]),
                rounding.number(one.get("median"), 0),
                rounding.interval(_quartiles(one), 0),
                rounding.count(one.get("early")),
                rounding.count(one.get("late")),
            ),
        )
        for when, one in waves.items()
        if one.get("n")
    ]
    if not rows:
        return None
    return table.Table(
        key="dates",
        caption=_("Days from joining to each time point"),
        columns=(
            _("Time point"),
            _("n"),
            _("Median day"),
            _("Middle half"),
            _("Before the window"),
            _("After it"),
        ),
        rows=tuple(rows),
        sentence=_(
            "Joining is day 0. Answers outside their window are counted here and stay in the figures."
        ),
        notes=tuple(gaps.beside(([row], one) for row, one in zip(rows, shown, strict=True))),
    )


def _quartiles(one: Figures) -> tuple[float, float] | None:
    return None if one.get("q1") is None or one.get("q3") is None else (one["q1"], one["q3"])


def missing(figures: Figures, words: Words) -> table.Table | None:
    """Of those asked at each time point, how many gave nothing, and how much of what was asked is missing."""
    found = entries.of((figures.get("missing") or {}).get("timepoints"))
    rows = [
        table.Row(
            words.timepoint(when),
            (
                rounding.count(one["asked"]),
                rounding.count(one["answered"]),
                rounding.share(one["nothing"], one["nothing_percent"]),
                rounding.percent(one.get("items_missing_percent")),
            ),
        )
        for when, one in found.items()
        if one.get("asked")
    ]
    if not rows:
        return None
    return table.Table(
        key="missing",
        caption=_("Missing answers by time point"),
        columns=(_("Time point"), _("Asked"), _("Answered"), _("Gave nothing"), _("Questions left out")),
        rows=tuple(rows),
        sentence=_(
            "What a time point was not planned to ask is not missing and is in none of these figures."
        ),
        notes=(
            _("Questions left out: of those asked of people who answered something."),
            *_worst(figures, words),
        ),
    )


def _worst(figures: Figures, words: Words) -> list[str]:
    """The question most often left out, where any was."""
    known = [
        (one["percent"], key, when, item, one)
        for key, measure in entries.of(figures["missing"].get("items")).items()
        for when, items in entries.of(measure).items()
        for item, one in entries.of(items).items()
        if one.get("percent")
    ]
    if not known:
        return []
    percent, key, when, item, one = max(known, key=lambda row: row[:4])
    text = _(
        "Most often left out: question {item} of {measure} at {when}, {missing} of {returned} ({percent})."
    )
    return [
        text.format(
            item=item, measure=words.brief(key), when=words.short(when), percent=rounding.percent(percent),
            missing=one["missing"], returned=one["returned"],
        )
    ]  # fmt: skip


def predictors(figures: Figures, words: Words) -> table.Table | None:
    """What at baseline goes with answering nothing later."""
    found = entries.of((figures.get("missing") or {}).get("predictors"))
    rows: list[table.Row] = []
    for when, one in found.items():
        if one.get("odds"):
            head = _("{when}: {lost} of {n} answered nothing").format(
                when=words.timepoint(when), lost=rounding.count(one["lost"]), n=rounding.count(one["n"])
            )
            rows.append(table.Row(head, part=True))
            rows += [
                table.Row(
                    _column(name, words),
                    (
                        table.hidden_or(
                            odds, lambda each: rounding.with_interval(each["odds_ratio"], each["ci"], 2)
                        ),
                        table.hidden_or(odds, lambda each: rounding.p(each["p"])),
                    ),
                )
                for name, odds in one["odds"].items()
            ]
    if not rows:
        return None
    return table.Table(
        key="predictors",
        caption=_("What at baseline goes with answering nothing later"),
        columns=(_("At baseline"), _("Odds ratio (95% CI)"), _("p")),
        rows=tuple(rows),
        sentence=_("An odds ratio above 1 goes with answering nothing more often; it does not say why."),
        notes=(
            _("Logistic regression over people with all of these; a score counts per standard deviation."),
            *references.note(found.values(), words),
            *gaps.beside([(rows, [one for one in found.values() if one.get("odds")])]),
        ),
    )


def _column(name: str, words: Words) -> str:
    if name in words.measures:
        return words.brief(name)
    if name == "coached":
        return _("One call or more")
    trait, _sign, group = name.partition("=")
    return (
        f"{words.label('characteristic', trait)}: {words.label(trait, group)}"
        if group
        else words.label("characteristic", name)
    )


def patterns(figures: Figures, words: Words) -> table.Table | None:
    """Which time points the same people answered."""
    found = (figures.get("missing") or {}).get("patterns") or []
    rows = [
        table.Row(
            get_text_list([words.short(when) for when in one["answered"]], _("and")) or _("None"),
            (table.hidden_or(one, lambda each: rounding.share(each["n"], each.get("percent"))),),
        )
        for one in found[:MOST_PATTERNS]
    ]
    if not rows:
        return None
    return table.Table(
        key="patterns",
        caption=_("Who answered when: patterns"),
        columns=(_("Answered at"), _("People, n (%)")),
        rows=tuple(rows),
        sentence=_("Rows lower down are of people who skipped a time point or stopped answering."),
        notes=(_("The commonest {n} patterns.").format(n=MOST_PATTERNS),)
        if len(found) > MOST_PATTERNS
        else (),
    )
