"""The tables of outcomes: scores, reliability, change."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import plan_words
from resilience.evaluation.analysis.frozen_plan import MULTIPLICITY
from resilience.evaluation.reports import entries, gaps, rounding, sentences, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def scores(figures: Figures, words: Words) -> table.Table:
    """Each measure at each time point, everyone who answered."""

    def cells(key: str, one: Figures) -> Iterable[str]:
        decimals = words.decimals(key)
        yield rounding.count(one["n"])
        yield rounding.with_spread(one["mean"], one["sd"], decimals)
        yield rounding.number(one["median"], decimals)
        yield rounding.number(one.get("skew"), 2)
        yield rounding.percent(one["at_floor_percent"])
        yield rounding.percent(one["at_ceiling_percent"])
        yield rounding.count(one["not_scorable"])

    return table.Table(
        key="scores",
        caption=_("Scores by time point: all who answered"),
        columns=(
            _("Measure and time point"),
            _("n"),
            _("Mean (SD)"),
            _("Median"),
            _("Skew"),
            _("At floor"),
            _("At ceiling"),
            _("Not scorable"),
        ),
        rows=table.by_measure(
            figures, words, "scores", cells, only=lambda one: one["n"] + one["not_scorable"] > 0
        ),
        sentence=sentences.scores(figures, words),
        notes=(
            _(
                "At floor, at ceiling: the lowest and the highest possible score. Not scorable: returned, "
                "but too few of "
                "its questions were answered."
            ),
            *sentences.new_measures(words),
        ),
    )


def reliability(figures: Figures, words: Words) -> table.Table:
    """Alpha and omega of each measure."""
    rows = [
        table.Row(
            words.measure(key),
            (
                rounding.count(measure["reliability"]["n"]),
                rounding.with_interval(
                    measure["reliability"]["alpha"], measure["reliability"]["alpha_ci"], 2
                ),
                rounding.number(measure["reliability"]["omega"], 2),
            ),
        )
        for key, measure in figures["measures"].items()
        if measure["reliability"]["n"]
    ]
    return table.Table(
        key="reliability",
        caption=_("Internal consistency"),
        columns=(_("Measure"), _("n"), _("Cronbach's alpha (95% CI)"), _("McDonald's omega")),
        rows=tuple(rows),
        sentence=sentences.reliability(figures, words),
        notes=(
            _(
                "At baseline, or at the first time point that asked; people who answered every item. "
                "Feldt's interval. "
                "Omega is of one factor and needs three items."
            ),
            *sentences.new_measures(words),
        ),
    )


def change(figures: Figures, words: Words) -> table.Table:
    """The main table: before, after, change, test and effect size of complete pairs."""

    def cells(key: str, one: Figures) -> Iterable[str]:
        decimals = words.decimals(key)
        yield rounding.count(one["n"])
        yield rounding.with_spread(one["baseline_mean"], one["baseline_sd"], decimals)
        yield rounding.with_spread(one["later_mean"], one["later_sd"], decimals)
        yield rounding.with_interval(one["mean"], one["ci"], decimals)
        yield rounding.NOTHING if one["t"] is None else f"{rounding.number(one['t'], 2)} ({one['df']})"
        yield rounding.p(one["p"])
        yield rounding.p(one["p_adjusted"])
        yield rounding.with_interval(one["dz"], one["dz_ci"], 2)

    return table.Table(
        key="change",
        caption=_("Change since baseline: the same people, before and after"),
        columns=(
            _("Measure and time point"),
            _("Pairs"),
            _("Baseline mean (SD)"),
            _("Later mean (SD)"),
            _("Mean change (95% CI)"),
            _("t (df)"),
            _("p"),
            _("p adjusted"),
            _("dz (95% CI)"),
        ),
        rows=table.by_measure(figures, words, "change", cells),
        sentence=sentences.change(figures, words),
        notes=(
            _method(figures, words),
            *sentences.few_pairs(figures, words),
            *sentences.new_measures(words),
        ),
    )


def _method(figures: Figures, words: Words) -> str:
    """How the table was worked out, with the corrections that the plan names."""
    chosen = figures["plan"].get("multiplicity") or MULTIPLICITY
    if chosen == MULTIPLICITY:
        return sentences.change_method(figures, words)
    return _(
        "Change is later minus baseline, over people who answered both times. dz is the mean change by the SD of the "
        "changes, its interval from the noncentral t distribution. Corrections for several tests, as the plan names "
        "them: {corrections}."
    ).format(corrections=plan_words.corrections(chosen))


def sizes(figures: Figures, words: Words) -> table.Table:
    """The other effect sizes and the rank test."""

    def cells(key: str, one: Figures) -> Iterable[str]:
        yield rounding.count(one["n"])
        yield rounding.number(one["sd"], words.decimals(key))
        yield rounding.number(one["correlation"], 2)
        yield rounding.p(one["wilcoxon_p"])
        yield rounding.number(one["dav"], 2)
        yield rounding.with_interval(one["g"], one["g_ci"], 2)

    return table.Table(
        key="effect_sizes",
        caption=_("Other effect sizes and the rank test for the same pairs"),
        columns=(
            _("Measure and time point"),
            _("Pairs"),
            _("SD of change"),
            _("Correlation"),
            _("Wilcoxon p"),
            _("dav"),
            _("g (95% CI)"),
        ),
        rows=table.by_measure(figures, words, "change", cells),
        sentence=sentences.sizes(figures, words),
        notes=(
            _(
                "dav is the mean change by the mean of both standard deviations; g is dz with the exact "
                "small-sample "
                "correction. Wilcoxon's signed ranks: asymptotic, with continuity correction, zero changes "
                "dropped."
            ),
            *sentences.new_measures(words),
        ),
    )


def last_score(figures: Figures, words: Words) -> table.Table | None:
    """Change to the last score that each person gave, as services count it; primary measures alone."""
    rows = []
    for key in figures["plan"]["primary"]:
        found = (figures["measures"].get(key) or {}).get("last_score") or {}
        one = found.get("change") or {}
        if one.get("ci"):
            taken = ", ".join(
                f"{words.short(when)} {n}" for when, n in entries.of(found.get("taken_from")).items()
            )
            change_ = rounding.with_interval(one["mean"], one["ci"], words.decimals(key))
            cells = (
                rounding.count(one["n"]),
                taken,
                change_,
                rounding.with_interval(one["dz"], one["dz_ci"], 2),
            )
            rows.append(table.Row(words.measure(key), cells))
    if not rows:
        return None
    return table.Table(
        key="last_score",
        caption=_("Change to the last score that each person gave"),
        columns=(_("Measure"), _("Pairs"), _("Taken from"), _("Mean change (95% CI)"), _("dz (95% CI)")),
        rows=tuple(rows),
        sentence=_(
            "An option beside complete pairs: it takes for granted that nobody changed after their last answer."
        ),
        notes=tuple(sentences.new_measures(words)),
    )


def imputed(figures: Figures, words: Words) -> table.Table | None:
    """Change with missing scores filled in, beside that of complete pairs; primary measures alone."""
    asked = {key: (figures["measures"].get(key) or {}).get("imputed") for key in figures["plan"]["primary"]}
    rows = [
        row
        for key, found in asked.items()
        if found
        for row in (table.Row(words.measure(key), part=True), *_filled_in(figures, key, found, words))
    ]
    if not rows:
        return None
    return table.Table(
        key="imputed",
        caption=_("Change with missing scores filled in"),
        columns=(
            _("Measure and time point"), _("People"), _("Filled in"), _("Mean change (95% CI)"), _("p"),
            _("Complete pairs: mean change"),
        ),
        rows=tuple(rows),
        sentence=_(
            "A second look at the same change: scores that are missing were filled in twenty times over, from the "
            "other time points, having had a call and the plan’s covariates, and the results pooled. It takes for "
            "granted that what is missing follows from these. The mixed model is the main answer to missing scores."
        ),
        notes=(*gaps.note(asked), *sentences.new_measures(words)),
    )  # fmt: skip


def _filled_in(figures: Figures, key: str, found: Figures, words: Words) -> Iterable[table.Row]:
    for when, one in found.items():
        change_ = rounding.with_interval(one["mean"], one["ci"], words.decimals(key))
        pairs = figures["measures"][key]["change"][when]["mean"]
        cells = (
            rounding.count(one["n"]),
            rounding.count(one["n"] - one["observed"]),
            change_,
            rounding.p(one["p"]),
            rounding.number(pairs, words.decimals(key)),
        )
        yield table.Row(words.timepoint(when), cells)
