"""Change by group of people, small groups hidden."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import gaps, rounding, sentences, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def subgroups(figures: Figures, words: Words) -> table.Table | None:
    """Change on each primary measure by group, with the p of the interaction."""
    rows: list[table.Row] = []
    for category, measures in (figures.get("subgroups") or {}).items():
        for key, one in measures.items():
            groups = _groups(one)
            if groups:
                head = f"{words.label('characteristic', category)}: {words.brief(key)}"
                rows.append(table.Row(f"{head} ({interaction(one)})", part=True))
                rows += _group_rows(groups, category, key, words)
    if not rows:
        return None
    return table.Table(
        key="subgroups",
        caption=_("Change by group, primary measures"),
        columns=(_("Group"), _("n"), _("Mean change (95% CI)")),
        rows=tuple(rows),
        sentence=_(
            "A change that is clear in one group and not in another is no difference between them; only the p of the "
            "interaction speaks of that, and it misses all but large ones here."
        ),
        notes=(
            _(
                "First later time point. Groups of fewer than {k} people are hidden, with others where a total would "
                "give them away."
            ).format(k=figures["plan"]["suppress_below"]),
            *gaps.beside([(rows, figures["subgroups"])]),
            *sentences.new_measures(words),
        ),
    )  # fmt: skip


def _groups(one: Figures) -> dict[str, Figures]:
    """The groups of one measure, whether they stand beside the p of the interaction or below a key of their own."""
    found = one.get("groups", one)
    return {name: group for name, group in found.items() if isinstance(group, Mapping)}


def interaction(one: Figures) -> str:
    """The p of the interaction, or that there is none."""
    p = one.get("interaction_p")
    return _("no interaction estimated") if p is None else _("p of interaction {p}").format(p=rounding.p(p))


def _group_rows(groups: Mapping[str, Figures], category: str, key: str, words: Words) -> Iterable[table.Row]:
    decimals = words.decimals(key)
    for name, group in groups.items():
        yield row(words.label(category, name) if name else _("Not given"), group, decimals)


def row(label: str, group: Figures, decimals: int) -> table.Row:
    """One group: how many, and their change."""
    n = table.hidden_or(group, lambda one: rounding.count(one["n"]))
    change = table.hidden_or(
        group, lambda one: rounding.with_interval(one["mean_change"], one.get("ci"), decimals)
    )
    return table.Row(label, (n, change))
