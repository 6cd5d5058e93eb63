"""The tables of people: who came, who stayed, why some did not, who they were."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import entries, naming, rounding, sentences, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def flow(figures: Figures, words: Words) -> table.Table:
    """How many people took each step, and how many of either side where that is known."""
    found, split = figures["flow"], both_sides(figures)
    rows = [
        table.Row(head, _cells(rounding.count(n), rounding.NOTHING, sides, split))
        for head, n, sides in _steps(figures)
    ]
    if "no_consent" in (figures["snapshot"].get("not_told") or ()):
        unknown = _cells(_("not known from a pack"), rounding.NOTHING, (), split)
        heads = {_("Enrolled"), _("Did not let us use their answers")}
        rows = [table.Row(one.head, unknown) if one.head in heads else one for one in rows]
    rows += [_answered(figures, when, n, words, split) for when, n in found["answered"].items()]
    every = rounding.count(found["answered_all"])
    rows.append(table.Row(_("Answered at every time point"), _cells(every, rounding.NOTHING, (), split)))
    return table.Table(
        key="flow",
        caption=_("Flow of participants"),
        columns=(
            _("Step"), _("People"), _("Of those with a baseline"),
            *((_("One call or more, n (%)"), _("No call, n (%)")) if split else ()),
        ),
        rows=tuple(rows) if found["registered"] else (),
        sentence=_(
            "The third column is of people with a baseline who were asked anything at that time point; the percentages "
            "by calls are of those who began the modules. Where nothing stands by calls, it was not counted so."
        )
        if split
        else _("The last column is of people with a baseline who were asked anything at that time point."),
    )  # fmt: skip


def _steps(figures: Figures) -> list[tuple[str, int, tuple[str, ...]]]:
    """Each step up to the answers: how many took it, and of either side where that was counted."""
    found, left = figures["flow"], figures["snapshot"]["left_out"]
    finished = _("Finished {count} modules or more").format(count=figures["plan"]["complete_modules"])
    return [
        *_approached(found),
        (_("Enrolled"), found["registered"], ()),
        (_("Did not let us use their answers"), left["no_consent"], ()),
        (_("Let us use their answers"), found["consented"], ()),
        (_("Did not answer the first questions"), max(0, found["consented"] - found["baseline"]), ()),
        (_("Began the modules"), found["started"], _sides(found, "started")),
        (finished, found["completed_modules"], ()),
        (_("Were offered a call"), found["offered_call"], ()),
        (_("No offer of a call on record"), found["consented"] - found["offered_call"], ()),
        (_("Accepted a call"), found["accepted_call"], ()),
        (_("Had one call or more"), found["one_call_or_more"], ()),
        (_("Had two calls or more"), found["two_calls_or_more"], ()),
        (_("Had no call"), found["consented"] - found["one_call_or_more"], ()),
        (_("Stopped taking part"), found["withdrew"], ()),
    ]


def _approached(found: Figures) -> list[tuple[str, int, tuple]]:
    whole = sum(entries.of(found.get("approached")).values())
    return [(_("Approached"), whole, ())] if whole else []


def _cells(n: str, percent: str, sides: tuple[str, ...], split: bool) -> tuple[str, ...]:
    return (n, percent, *((sides or (rounding.NOTHING,) * 2) if split else ()))


def _sides(found: Figures, *path: str) -> tuple[str, ...]:
    """The count of either side, hidden where it is, with its per cent of those of the side who began."""
    return tuple(_of_those_who_began(found[side], path) for side in ("coached", "not_coached"))


def _of_those_who_began(side: Figures, path: tuple[str, ...]) -> str:
    n: Any = side
    for key in path:
        n = (n or {}).get(key)
    if disclosure.is_hidden(side) or n is None:
        return _("hidden")
    begun = side.get("started")
    return rounding.share(n, 100 * n / begun) if begun else rounding.count(n)


def _answered(figures: Figures, when: str, n: int, words: Words, split: bool) -> table.Row:
    found, first = figures["flow"], figures["plan"]["timepoints"][0]
    if when == first:
        people = (figures.get("traits_by_calls") or {}).get("people") or {}
        sides = tuple(_known(people.get(side) or {}) for side in ("coached", "not_coached"))
        percent = rounding.percent(100.0 if n else None)
    else:
        sides = _sides(found, "answered", when)
        percent = rounding.percent(found["retained_percent"].get(when))
    head = _("Answered at {timepoint}").format(timepoint=words.timepoint(when))
    return table.Row(head, _cells(rounding.count(n), percent, sides, split))


def _known(one: Figures) -> str:
    return _("hidden") if one.get("n") is None else rounding.count(one["n"])


def both_sides(figures: Figures) -> bool:
    """Whether some had a call and some had none."""
    return 0 < figures["flow"]["one_call_or_more"] < figures["flow"]["consented"]


def by_calls(figures: Figures, words: Words) -> table.Table:
    """Baseline scores of those with and without a call, where there are both."""
    rows = [
        table.Row(
            words.measure(key),
            (
                _side(contrast, "coached", words.decimals(key)),
                _side(contrast, "not_coached", words.decimals(key)),
                rounding.number(contrast["smd"], 2),
            ),
        )
        for key, contrast in figures["characteristics"]["scores"].items()
        if figures["flow"]["baseline"] and both_sides(figures)
    ]
    return table.Table(
        key="baseline_by_calls",
        caption=_("Baseline scores of those with and without a call"),
        columns=(_("Measure"), _("One call or more: n; mean (SD)"), _("No call: n; mean (SD)"), _("SMD")),
        rows=tuple(rows),
        sentence=sentences.by_calls(figures, words),
        notes=(
            _(
                "SMD: standardised mean difference, with a call minus without. There are no p values here, "
                "because people "
                "chose for themselves whether to have a call."
            ),
            *sentences.new_measures(words),
        ),
    )


def _side(contrast: Figures, name: str, decimals: int) -> str:
    if disclosure.is_hidden(contrast):
        return _("hidden")
    side = contrast[name]
    return f"{side['n']}; {rounding.with_spread(side['mean'], side['sd'], decimals)}"


def reasons(figures: Figures, words: Words) -> table.Table | None:
    """Why people declined a call or stopped, of those who said so."""
    parts = (
        (_("Why people declined a call"), entries.of(figures["flow"].get("declined_because"))),
        (_("Why people stopped taking part"), entries.of(figures["flow"].get("stopped_because"))),
    )
    rows: list[table.Row] = []
    for head, found in parts:
        given = sum(n or 0 for n in found.values())
        if found:
            rows.append(table.Row(_("{head} (reasons given: {n})").format(head=head, n=given), part=True))
            rows += [
                table.Row(naming.reason(code, words), (_("hidden") if n is None else rounding.count(n),))
                for code, n in found.items()
            ]
    if not rows:
        return None
    return table.Table(
        key="reasons",
        caption=_("Reasons, of those who gave one"),
        columns=(_("Reason"), _("People")),
        rows=tuple(rows),
        sentence=_(
            "A reason is asked for once, with one tap, and can be left out: these are not everybody's."
        ),
    )
