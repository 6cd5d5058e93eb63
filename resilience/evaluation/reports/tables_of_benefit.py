"""What came of it for each of three: those who took part, their coaches, the organisation; or that nobody asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import entries, rounding, sentences, table, tables_of_system
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def three_groups(figures: Figures, words: Words) -> table.Table | None:
    """One part each, with its outcomes or the words that none were collected."""
    if not figures["flow"]["baseline"]:
        return None
    parts = (
        (_("Those who took part"), _participants(figures, words)),
        (_("Their coaches"), _coaches(figures)),
        (_("Their organisation"), _organisation(figures)),
    )
    rows: list[table.Row] = []
    for head, found in parts:
        rows.append(table.Row(head, part=True))
        rows += list(found) or [table.Row(_("Outcomes of their own"), (_("not collected"),))]
    return table.Table(
        key="three_groups",
        caption=_("What came of it for whom"),
        columns=(_("For whom, and what"), _("What was found")),
        rows=tuple(rows),
        sentence=_(
            "Each of the three has outcomes of its own; what nobody collected is said, not passed over."
        ),
        notes=tuple(sentences.new_measures(words)),
        words=True,
    )


def _participants(figures: Figures, words: Words) -> Iterable[table.Row]:
    for key in figures["plan"]["primary"]:
        rows = [
            pair for pair in (figures["measures"].get(key) or {}).get("change", {}).items() if pair[1]["n"]
        ]
        if rows:
            when, one = rows[-1]
            text = _("mean change {mean} at {when}, n = {n}").format(
                mean=rounding.with_interval(one["mean"], one["ci"], words.decimals(key)),
                when=words.short(when),
                n=one["n"],
            )
            yield table.Row(words.brief(key), (text,))


def _coaches(figures: Figures) -> Iterable[table.Row]:
    coaching = (figures.get("context") or {}).get("coaching") or {}
    content = entries.of((coaching.get("satisfaction") or {}).get("coaches"))
    told = [one for one in content.values() if one.get("agree") is not None]
    if told:
        agree, of = sum(one["agree"] for one in told), sum(one["n"] for one in told)
        yield table.Row(
            _("Content with the work"), (_("{agree} of {of} answers").format(agree=agree, of=of),)
        )
    own = coaching.get("own_time") or {}
    if own.get("of"):
        text = _("{calls} of {of} calls of which they told").format(calls=own["calls"], of=own["of"])
        yield table.Row(_("Held in their own time"), (text,))


def _organisation(figures: Figures) -> Iterable[table.Row]:
    found = tables_of_system.outcomes(figures)
    if found:
        units = {unit for one in found.values() for unit in entries.of(one)}
        text = _(
            "outcomes: {outcomes}, units: {units}; side by side with the individual ones in Section 7"
        ).format(outcomes=len(found), units=len(units))
        yield table.Row(_("Outcomes of units"), (text,))
