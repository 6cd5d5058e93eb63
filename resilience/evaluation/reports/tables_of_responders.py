"""The tables of single people's change, as counts: by error, by cut-off, by what matters."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import rounding, sentences, sentences_of_responders, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def individual(figures: Figures, words: Words) -> table.Table:
    """People who changed by more than the measure's error."""

    def cells(key: str, one: Figures) -> Iterable[str]:
        yield rounding.count(one["n"])
        yield rounding.number(one["threshold"], words.decimals(key))
        yield rounding.share(one["improved"], one["improved_percent"])
        yield rounding.interval(one["improved_ci"], 1)
        yield rounding.percent(one.get("worst_case_percent"))
        yield rounding.count(one["unchanged"])
        yield rounding.count(one["worse"])

    return table.Table(
        key="reliable_change",
        caption=_("People whose change is larger than the measure's own error"),
        columns=(
            _("Measure and time point"),
            _("Pairs"),
            _("Needed"),
            _("Reliably improved"),
            _("95% CI, %"),
            _("Of all with a baseline"),
            _("No reliable change"),
            _("Reliably worse"),
        ),
        rows=table.by_measure(
            figures,
            words,
            "reliable_change",
            cells,
            only=lambda one: one["n"] > 0 and one["improved"] is not None,
        ),
        sentence=sentences_of_responders.reliable(figures, words),
        notes=(
            sentences_of_responders.reliable_method(figures, words),
            worst_case(),
            *sentences.new_measures(words),
        ),
    )


def cutoffs(figures: Figures, words: Words) -> table.Table:
    """People who crossed a published cut-off."""

    def cells(key: str, one: Figures) -> Iterable[str]:
        return (
            rounding.count(one[name])
            for name in ("n", "cases_before", "became_well", "became_case", "recovered")
        )

    return table.Table(
        key="cutoffs",
        caption=_("People on either side of a published cut-off"),
        columns=(
            _("Measure and time point"),
            _("Pairs"),
            _("Beyond the cut-off before"),
            _("Back to the healthy side"),
            _("Newly beyond it"),
            _("Recovered"),
        ),
        rows=table.by_measure(
            figures,
            words,
            "reliable_change",
            cells,
            only=lambda one: one["n"] > 0 and one["cases_before"] is not None,
        ),
        sentence=sentences_of_responders.cutoffs(figures, words),
        notes=(
            _(
                "Recovered: reliably improved and back on the healthy side. A cut-off is a screen, not a "
                "diagnosis."
            ),
        ),
    )


def responders(figures: Figures, words: Words) -> table.Table:
    """People who changed by a published meaningful difference."""

    def cells(key: str, one: Figures) -> Iterable[str]:
        yield rounding.count(one["n"])
        yield rounding.number(one["difference"], words.decimals(key))
        yield rounding.share(one["better"], one["better_percent"])
        yield rounding.interval(one["better_ci"], 1)
        yield rounding.percent(one.get("worst_case_percent"))
        yield rounding.count(one["worse"])

    return table.Table(
        key="responders",
        caption=_("People whose change is large enough to matter"),
        columns=(
            _("Measure and time point"),
            _("Pairs"),
            _("Difference that matters"),
            _("Better by it"),
            _("95% CI, %"),
            _("Of all with a baseline"),
            _("Worse by it"),
        ),
        rows=table.by_measure(
            figures,
            words,
            "responders",
            cells,
            only=lambda one: one["n"] > 0 and one["difference"] is not None,
        ),
        sentence=sentences_of_responders.responders(figures, words),
        notes=(
            _("A change that matters on average can still lie within the measure's error for one person."),
            worst_case(),
        ),
    )


def worst_case() -> str:
    """What the column of everyone with a baseline counts."""
    return _("Of all with a baseline: the worst case, in which nobody who did not answer again got better.")
