"""The printed tables, each once: HTML, PDF and CSV show the same rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import rounding, sentences
from resilience.evaluation.reports.words import Words


@dataclass(frozen=True)
class Row:
    """One row. `head` names it; `part` marks a heading over the rows that follow."""

    head: str
    cells: tuple[str, ...] = ()
    part: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its number in the report, its rows, its notes and one plain sentence."""

    key: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sentence: str
    notes: tuple[str, ...] = ()
    number: int = 0

    @property
    def width(self) -> int:
        return len(self.columns)


Maker = Callable[[Mapping[str, Any], Words], Table | None]


def make(release: disclosure.Release, words: Words) -> dict[str, Table]:
    """Every table that these figures fill, in the order of the report."""
    made = [maker(release.figures, words) for maker in _MAKERS]
    shown = [table for table in made if table is not None and table.rows]
    return {table.key: replace(table, number=place) for place, table in enumerate(shown, start=1)}


def _flow(figures: Mapping[str, Any], words: Words) -> Table:
    flow = figures["flow"]
    baseline = flow["baseline"]
    steps = [
        (_("Enrolled"), flow["registered"]),
        (_("Let us use their answers"), flow["consented"]),
        (_("Began the modules"), flow["started"]),
        (_("Finished {count} modules or more").format(count=figures["plan"]["complete_modules"]), flow["completed_modules"]),
        (_("Were offered a call"), flow["offered_call"]),
        (_("Accepted a call"), flow["accepted_call"]),
        (_("Had one call or more"), flow["one_call_or_more"]),
        (_("Had two calls or more"), flow["two_calls_or_more"]),
        (_("Stopped taking part"), flow["withdrew"]),
    ]
    waves = [
        (_("Answered at {timepoint}").format(timepoint=words.timepoint(when)), n) for when, n in flow["answered"].items()
    ]
    waves.append((_("Answered at every time point"), flow["answered_all"]))
    return Table(
        key="flow",
        caption=_("Flow of participants"),
        columns=(_("Step"), _("People"), _("Of those with a baseline")),
        rows=tuple(Row(head, (rounding.count(n), _of(n, baseline))) for head, n in steps + waves),
        sentence=sentences.flow(figures, words),
    )


def _of(n: int, whole: int) -> str:
    return rounding.percent(100 * n / whole) if whole else rounding.NOTHING


def _characteristics(figures: Mapping[str, Any], words: Words) -> Table:
    found = figures["characteristics"]
    rows: list[Row] = []
    for name, category in found.items():
        if name not in ("n", "scores"):
            rows.append(Row(words.label("characteristic", name), part=True))
            rows += [
                Row(words.label(name, group), (_hidden_or(share, lambda one: rounding.share(one["n"], one["percent"])),))
                for group, share in category["groups"].items()
            ]
            rows.append(Row(_("Not given"), (rounding.count(category["missing"]),)))
    return Table(
        key="characteristics",
        caption=_("Who took part (baseline, n = {n})").format(n=found["n"]),
        columns=(_("Characteristic"), _("n (%)")),
        rows=tuple(rows),
        sentence=sentences.characteristics(figures, words),
        notes=(_("Percentages are of those who gave the characteristic."),),
    )


def _hidden_or(figure: Mapping[str, Any], show: Callable[[Mapping[str, Any]], str]) -> str:
    return _("hidden") if disclosure.is_hidden(figure) else show(figure)


def _by_calls(figures: Mapping[str, Any], words: Words) -> Table:
    rows = []
    for key, contrast in figures["characteristics"]["scores"].items():
        decimals = words.decimals(key)
        cells = [
            _hidden_or(
                contrast,
                lambda one, side=side, decimals=decimals: "{n}; {spread}".format(
                    n=one[side]["n"], spread=rounding.with_spread(one[side]["mean"], one[side]["sd"], decimals)
                ),
            )
            for side in ("coached", "not_coached")
        ]
        rows.append(Row(words.measure(key), (*cells, rounding.number(contrast["smd"], 2))))
    return Table(
        key="baseline_by_calls",
        caption=_("Baseline scores of those with and without a call"),
        columns=(_("Measure"), _("One call or more: n; mean (SD)"), _("No call: n; mean (SD)"), _("SMD")),
        rows=tuple(rows),
        sentence=sentences.by_calls(figures, words),
        notes=(
            _("SMD: standardised mean difference, with a call minus without. There are no p values here, because people "
              "chose for themselves whether to have a call."),
            *sentences.new_measures(words),
        ),
    )


def _scores(figures: Mapping[str, Any], words: Words) -> Table:
    rows: list[Row] = []
    for key, measure in figures["measures"].items():
        decimals = words.decimals(key)
        rows.append(Row(f"{words.measure(key)} ({sentences.direction(measure['direction'])})", part=True))
        rows += [
            Row(
                words.timepoint(when),
                (
                    rounding.count(one["n"]),
                    rounding.with_spread(one["mean"], one["sd"], decimals),
                    rounding.number(one["median"], decimals),
                    rounding.percent(one["at_floor_percent"]),
                    rounding.percent(one["at_ceiling_percent"]),
                    rounding.count(one["not_scorable"]),
                ),
            )
            for when, one in measure["scores"].items()
        ]
    return Table(
        key="scores",
        caption=_("Scores by time point: all who answered"),
        columns=(_("Measure and time point"), _("n"), _("Mean (SD)"), _("Median"), _("At floor"), _("At ceiling"), _("Not scorable")),
        rows=tuple(rows),
        sentence=sentences.scores(figures, words),
        notes=(
            _("At floor, at ceiling: the lowest and the highest possible score. Not scorable: returned, but too few of "
              "its questions were answered."),
            *sentences.new_measures(words),
        ),
    )


def _reliability(figures: Mapping[str, Any], words: Words) -> Table:
    rows = [
        Row(
            words.measure(key),
            (
                rounding.count(measure["reliability"]["n"]),
                rounding.with_interval(measure["reliability"]["alpha"], measure["reliability"]["alpha_ci"], 2),
                rounding.number(measure["reliability"]["omega"], 2),
            ),
        )
        for key, measure in figures["measures"].items()
    ]
    return Table(
        key="reliability",
        caption=_("Internal consistency"),
        columns=(_("Measure"), _("n"), _("Cronbach's alpha (95 % CI)"), _("McDonald's omega")),
        rows=tuple(rows),
        sentence=sentences.reliability(figures, words),
        notes=(
            _("At baseline, or at the first time point that asked; people who answered every item. Feldt's interval. "
              "Omega is of one factor and needs three items."),
            *sentences.new_measures(words),
        ),
    )


def _change(figures: Mapping[str, Any], words: Words) -> Table:
    def cells(key: str, one: Mapping[str, Any]) -> Iterable[str]:
        decimals = words.decimals(key)
        yield rounding.count(one["n"])
        yield rounding.with_spread(one["baseline_mean"], one["baseline_sd"], decimals)
        yield rounding.with_spread(one["later_mean"], one["later_sd"], decimals)
        yield rounding.with_interval(one["mean"], one["ci"], decimals)
        yield rounding.NOTHING if one["t"] is None else f"{rounding.number(one['t'], 2)} ({one['df']})"
        yield rounding.p(one["p"])
        yield rounding.p(one["p_adjusted"])
        yield rounding.with_interval(one["dz"], one["dz_ci"], 2)

    return Table(
        key="change",
        caption=_("Change since baseline: the same people, before and after"),
        columns=(_("Measure and time point"), _("Pairs"), _("Baseline mean (SD)"), _("Later mean (SD)"),
                 _("Mean change (95 % CI)"), _("t (df)"), _("p"), _("p adjusted"), _("dz (95 % CI)")),
        rows=_by_measure(figures, words, "change", cells),
        sentence=sentences.change(figures, words),
        notes=(sentences.change_method(figures, words), *sentences.few_pairs(figures, words), *sentences.new_measures(words)),
    )


def _sizes(figures: Mapping[str, Any], words: Words) -> Table:
    def cells(key: str, one: Mapping[str, Any]) -> Iterable[str]:
        yield rounding.count(one["n"])
        yield rounding.number(one["sd"], words.decimals(key))
        yield rounding.number(one["correlation"], 2)
        yield rounding.p(one["wilcoxon_p"])
        yield rounding.number(one["dav"], 2)
        yield rounding.with_interval(one["g"], one["g_ci"], 2)

    return Table(
        key="effect_sizes",
        caption=_("Other effect sizes and the rank test for the same pairs"),
        columns=(_("Measure and time point"), _("Pairs"), _("SD of change"), _("Correlation"), _("Wilcoxon p"), _("dav"), _("g (95 % CI)")),
        rows=_by_measure(figures, words, "change", cells),
        sentence=sentences.sizes(figures, words),
        notes=(
            _("dav is the mean change by the mean of both standard deviations; g is dz with the exact small-sample "
              "correction. Wilcoxon's signed ranks: asymptotic, with continuity correction, zero changes dropped."),
            *sentences.new_measures(words),
        ),
    )


def _individual(figures: Mapping[str, Any], words: Words) -> Table:
    def cells(key: str, one: Mapping[str, Any]) -> Iterable[str]:
        yield rounding.count(one["n"])
        yield rounding.number(one["threshold"], words.decimals(key))
        yield rounding.share(one["improved"], one["improved_percent"])
        yield rounding.interval(one["improved_ci"], 1)
        yield rounding.count(one["unchanged"])
        yield rounding.count(one["worse"])

    return Table(
        key="reliable_change",
        caption=_("People whose change is larger than the measure's own error"),
        columns=(_("Measure and time point"), _("Pairs"), _("Needed"), _("Reliably improved"), _("95 % CI, %"),
                 _("No reliable change"), _("Reliably worse")),
        rows=_by_measure(figures, words, "reliable_change", cells),
        sentence=sentences.reliable(figures, words),
        notes=(sentences.reliable_method(figures, words), *sentences.new_measures(words)),
    )


def _cutoffs(figures: Mapping[str, Any], words: Words) -> Table:
    def cells(key: str, one: Mapping[str, Any]) -> Iterable[str]:
        return (rounding.count(one[name]) for name in ("n", "cases_before", "became_well", "became_case", "recovered"))

    return Table(
        key="cutoffs",
        caption=_("People on either side of a published cut-off"),
        columns=(_("Measure and time point"), _("Pairs"), _("Beyond the cut-off before"), _("Back to the healthy side"),
                 _("Newly beyond it"), _("Recovered")),
        rows=_by_measure(figures, words, "reliable_change", cells, only=lambda one: one["cases_before"] is not None),
        sentence=sentences.cutoffs(figures, words),
        notes=(_("Recovered: reliably improved and back on the healthy side. A cut-off is a screen, not a diagnosis."),),
    )


def _responders(figures: Mapping[str, Any], words: Words) -> Table:
    def cells(key: str, one: Mapping[str, Any]) -> Iterable[str]:
        yield rounding.count(one["n"])
        yield rounding.number(one["difference"], words.decimals(key))
        yield rounding.share(one["better"], one["better_percent"])
        yield rounding.interval(one["better_ci"], 1)
        yield rounding.count(one["worse"])

    return Table(
        key="responders",
        caption=_("People whose change is large enough to matter"),
        columns=(_("Measure and time point"), _("Pairs"), _("Difference that matters"), _("Better by it"), _("95 % CI, %"), _("Worse by it")),
        rows=_by_measure(figures, words, "responders", cells, only=lambda one: one["difference"] is not None),
        sentence=sentences.responders(figures, words),
        notes=(_("A change that matters on average can still lie within the measure's error for one person."),),
    )


def _delivery(figures: Mapping[str, Any], words: Words) -> Table:
    found = figures["delivery"]
    rows = [
        Row(_("Calls that took place"), (rounding.count(found["calls_attended"]),)),
        Row(_("Minutes on calls"), (rounding.count(found["call_minutes"]),)),
        Row(_("Calls that the participant missed"), (rounding.count(found["not_attended"]),)),
        Row(_("Calls cancelled"), (rounding.count(found["cancelled"]),)),
        Row(_("Coaches who held a call"), (rounding.count(found["coaches"]),)),
    ]
    rows.append(Row(_("People by modules finished"), part=True))
    rows += [Row(number, (rounding.count(n),)) for number, n in found["modules"].items()]
    return Table(
        key="delivery",
        caption=_("What was delivered"),
        columns=(_("What"), _("Number")),
        rows=tuple(rows),
        sentence=sentences.delivery(figures, words),
    )


def _acceptability(figures: Mapping[str, Any], words: Words) -> Table | None:
    found = figures.get("acceptability")
    if found is None:
        return None
    rows = [
        Row(words.label("acceptability", item), (rounding.count(one["n"]), rounding.share(one["agree"], one["percent"]), rounding.count(one["missing"])))
        for item, one in found.items()
    ]
    return Table(
        key="acceptability",
        caption=_("What people thought of it"),
        columns=(_("Statement*"), _("n"), _("Agree or strongly agree"), _("Not answered")),
        rows=tuple(rows),
        sentence=sentences.acceptability(figures, words),
        notes=(_("*Our own statements: new, not validated."),),
    )


def _by_measure(figures, words: Words, part: str, cells, only=lambda one: True) -> tuple[Row, ...]:
    rows: list[Row] = []
    for key, measure in figures["measures"].items():
        shown = {when: one for when, one in measure[part].items() if only(one)}
        if shown:
            rows.append(Row(f"{words.measure(key)} ({sentences.direction(measure['direction'])})", part=True))
            rows += [Row(words.timepoint(when), tuple(cells(key, one))) for when, one in shown.items()]
    return tuple(rows)


_MAKERS: tuple[Maker, ...] = (
    _flow, _characteristics, _by_calls, _delivery, _acceptability, _scores, _reliability, _change, _sizes,
    _individual, _cutoffs, _responders,
)
