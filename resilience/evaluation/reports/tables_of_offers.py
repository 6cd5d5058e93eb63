"""Who was offered a call and who took it: by group or way of offering, and by who people are."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import entries, rounding, sentences, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def offers(figures: Figures, words: Words) -> table.Table | None:
    """What each group, or each way of offering, was offered and took up."""
    found = entries.of((figures.get("core_or_optional") or {}).get("groups"))
    rows = [
        table.Row(_group(name, figures), tuple(_offer(one)))
        for name, one in found.items()
        if disclosure.is_hidden(one) or one.get("offered")
    ]
    if not rows:
        return None
    return table.Table(
        key="offers",
        caption=_("Calls: offered, accepted, had"),
        columns=(
            _("Group or way of offering"),
            _("People"),
            _("Offered a call"),
            _("Said yes"),
            _("Had one, n (% of offered)"),
        ),
        rows=tuple(rows),
        sentence=_offered(figures["core_or_optional"].get("uptake") or {}),
    )


def _offer(one: Figures) -> Iterable[str]:
    for key in ("n", "offered", "accepted"):
        yield _count(one, key)
    yield table.hidden_or(one, lambda each: rounding.share(each["coached"], each["percent"]))


def _group(name: str, figures: Figures) -> str:
    """What a group is called, or how its calls were offered."""
    ways = {
        "none": _("No calls"),
        "optional": _("Offered to those who want one"),
        "recommended": _("Recommended"),
        "core": _("A time proposed to everyone"),
        "peer": _("Calls between peers"),
        "not_told": _("Not told"),
    }
    return figures["design"].get("arms", {}).get(name) or ways.get(name) or (name or _("Not told"))


def _offered(uptake: Figures) -> str:
    if not uptake.get("offered") or uptake.get("percent") is None:
        return _("Nobody was offered a call, or how many were is hidden.")
    return _("Of {offered} people who were offered a call {had} had one: {percent} (95% CI {ci}).").format(
        offered=rounding.count(uptake["offered"]),
        had=rounding.count(uptake["coached"]),
        percent=rounding.percent(uptake["percent"]),
        ci=rounding.interval(uptake.get("ci"), 1),
    )


def _count(one: Figures, key: str) -> str:
    return table.hidden_or(
        one, lambda each: _("hidden") if each.get(key) is None else rounding.count(each[key])
    )


def fairness(figures: Figures, words: Words) -> table.Table | None:
    """Uptake and rating by who people are, small groups hidden."""
    found = figures.get("fairness") or {}
    rows: list[table.Row] = []
    for name, category in entries.of(found.get("by")).items():
        groups = entries.of(category.get("groups"))
        if groups:
            rows.append(table.Row(words.label("characteristic", name), part=True))
            rows += [table.Row(words.label(name, group), tuple(_fair(one))) for group, one in groups.items()]
    if not rows:
        return None
    rated = found.get("rating_measure")
    rating = (
        _("Rating: n; mean ({measure})").format(measure=words.brief(rated))
        if rated in words.measures
        else _("Rating: n; mean")
    )
    return table.Table(
        key="fairness",
        caption=_("Uptake and rating by who people are"),
        columns=(_("Group"), _("Offered a call"), _("Had one, n (%)"), rating),
        rows=tuple(rows),
        sentence=_(
            "Bias would show here as groups that take up less or rate lower; small groups cannot be shown."
        ),
        notes=tuple(sentences.new_measures(words))
        if rated in words.measures and "*" in words.brief(rated)
        else (),
    )


def _fair(one: Figures) -> Iterable[str]:
    yield _count(one, "n")
    yield table.hidden_or(_either(one, "took"), lambda took: rounding.share(took["n"], took["percent"]))
    yield table.hidden_or(_either(one, "rating"), _rated)


def _either(one: Figures, part: str) -> Figures:
    """A part of a group's figures, hidden where the whole group is."""
    return one if disclosure.is_hidden(one) else one.get(part) or {}


def _rated(rating: Figures) -> str:
    if not rating.get("n"):
        return rounding.NOTHING
    return f"{rating['n']}; {rounding.number(rating['mean'], 2)}"
