"""Change of people with calls by their coaches' background: groups of people, and never a single coach."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.analysis import coach_background
from resilience.evaluation.reports import gaps, rounding, sentences, table, tables_of_groups, timing_of_calls
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def backgrounds(figures: Figures, words: Words) -> table.Table | None:
    """Change by whether the coaches have worked with patients, and an adjusted difference; None without groups."""
    if not _are_shown(figures):
        return None
    found = list(_compared(figures))
    return table.Table(
        key="coach_background",
        caption=_("Change by whether the coaches have worked with patients"),
        columns=(_("Group"), _("n"), _("Mean change (95% CI)")),
        rows=tuple(row for key, when, one in found for row in _rows(key, when, one, words)),
        sentence=_(
            "Nobody came to a coach by chance, so that a difference between these groups need not come from the coach."
        ),
        notes=(
            *_notes(figures),
            *timing_of_calls.notes(figures, words),
            *gaps.beside(
                (list(_rows(key, when, one, words)), one) for key, when, one in found if one["groups"]
            ),
            *sentences.new_measures(words),
        ),
    )


def told_why(figures: Figures) -> str:
    """Why there are no groups by the coaches' background; empty where there are."""
    told = "" if _are_shown(figures) else gaps.reasons_in(figures.get("coach_background"))
    return (
        _("Change by the coaches’ background is not shown: {reasons}.").format(reasons=told) if told else ""
    )


def _are_shown(figures: Figures) -> bool:
    return any(one["groups"] for _key, _when, one in _compared(figures))


def _compared(figures: Figures) -> Iterable[tuple[str, str, Figures]]:
    for key, times in (figures.get("coach_background") or {}).items():
        for when, one in times.items() if isinstance(times, Mapping) else ():
            yield key, when, one


def _rows(key: str, when: str, one: Figures, words: Words) -> Iterable[table.Row]:
    head = f"{words.brief(key)}, {words.timepoint(when)}"
    if not one["groups"]:
        yield table.Row(f"{head}: {gaps.word(one['why'])}" if "why" in one else head, part=True)
        return
    yield table.Row(f"{head} ({tables_of_groups.interaction(one)})", part=True)
    for name, label in _labels().items():
        if name in one["groups"]:
            yield tables_of_groups.row(label, one["groups"][name], words.decimals(key))
    yield _adjusted(one["adjusted"], words.decimals(key))


def _labels() -> dict[str, str]:
    return {
        coach_background.ONLY_CLINICAL: _("Coaches who have worked with patients"),
        coach_background.ONLY_NOT_CLINICAL: _("Coaches who have not worked with patients"),
        coach_background.BOTH: _("Coaches of both kinds"),
        coach_background.NOT_TOLD: _("Not written down"),
    }


def _adjusted(found: Figures, decimals: int) -> table.Row:
    difference = rounding.with_interval(found["difference"], found["ci_hc3"], decimals)
    p = "" if found["p_hc3"] is None else f"; p {rounding.p(found['p_hc3'])}"
    cells = (rounding.count(found["n"]), difference + p)
    if disclosure.is_hidden(found):
        cells = (_("hidden"), _("hidden"))
    return table.Row(_("Have worked with patients, less have not, adjusted"), cells)


def _notes(figures: Figures) -> tuple[str, ...]:
    return (
        _(
            "Adjusted: the later score of people whose coaches have worked with patients, less that of the others, at "
            "the same score at baseline (HC3); from ten people on each side."
        ),
        _(
            "No single coach is shown: there are figures only where {coaches} coaches or more stand behind each group."
        ).format(coaches=coach_background.FEWEST_COACHES),
        _(
            "Groups of fewer than {k} people are hidden, with others where a total would give them away."
        ).format(k=figures["plan"]["suppress_below"]),
    )
