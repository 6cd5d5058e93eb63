"""What was decided beforehand, what was changed later and why, and what people declare."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation.reports import rounding, sentences_of_plan, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def plan(figures: Figures, words: Words) -> table.Table:
    """The plan in rows, each a decision that the figures follow."""
    known = figures["plan"]
    return table.Table(
        key="plan",
        caption=_("The analysis plan"),
        columns=(_("What was decided"), _("How")),
        rows=tuple(table.Row(name, (text,)) for name, text in _decisions(known, words) if text),
        sentence=sentences_of_plan.frozen(known),
        words=True,
    )


def _decisions(known: Figures, words: Words) -> list[tuple[str, str]]:
    kinds = {"service": _("Service evaluation"), "research": _("Research")}
    many = {"holm": "Holm", "bh": "Benjamini-Hochberg", "none": _("none")}
    adjusted = known.get("multiplicity") or {"primary": "holm", "rest": "bh"}
    return [
        (_("Kind of work"), kinds.get(known.get("kind"), "")),
        (_("Time points"), _list(words.timepoint(when) for when in known["timepoints"])),
        (
            _("Primary measures"),
            _list(words.brief(key) for key in known["primary"] if key in words.measures) or _("none"),
        ),
        (
            _("Covariates"),
            _list(words.label("characteristic", name) for name in known["covariates"]) or _("none"),
        ),
        (_("Finished means"), _at_least(_("modules finished"), known["complete_modules"])),
        (_("Had coaching means"), _at_least(_("calls attended"), known.get("exposure", 1))),
        (_("Windows"), _windows(known.get("windows") or {}, words)),
        (
            _("Several tests"),
            _("primary measures: {primary}; all others: {rest}").format(
                primary=many.get(adjusted.get("primary"), adjusted.get("primary")),
                rest=many.get(adjusted.get("rest"), adjusted.get("rest")),
            ),
        ),
        (_("Groups hidden below"), rounding.count(known["suppress_below"])),
        (_("Version of the plan"), rounding.count(known["version"]) if known.get("version") else ""),
        (_("Earlier versions"), "; ".join(map(_earlier, known.get("earlier") or []))),
    ]


def _at_least(what: str, n: int) -> str:
    return _("{n} or more {what}").format(n=n, what=what)


def _earlier(one: Figures) -> str:
    return _("version {version}, frozen on {day}, {mark}").format(
        version=one["version"], day=one["frozen_on"] or rounding.NOTHING, mark=one["hash"][:12]
    )


def _windows(windows: Mapping[str, Any], words: Words) -> str:
    """How many days each time point takes answers: early, in time and late; the same for several told once."""
    told: dict[tuple, list[str]] = {}
    for when, one in windows.items():
        days = tuple(one.get(name, 0) for name in ("early", "in_time", "late"))
        told.setdefault(days, []).append(words.short(when))
    text = _("{when}: {early} days early, {in_time} in time, {late} late")
    return "; ".join(
        text.format(when=", ".join(names), early=early, in_time=in_time, late=late)
        for (early, in_time, late), names in told.items()
    )


def deviations(figures: Figures, words: Words) -> table.Table | None:
    """Each change to the plan with its reason."""
    found = figures["plan"].get("deviations") or []
    if not found:
        return None
    return table.Table(
        key="deviations",
        caption=_("Deviations from the plan"),
        columns=(_("When"), _("What was changed"), _("Why")),
        rows=tuple(table.Row(one["when"], (one["what"], one["why"])) for one in found),
        sentence=_("Read what rests on a deviation as exploratory."),
        words=True,
    )


def declarations(figures: Figures, words: Words) -> table.Table:
    """What only the people behind an evaluation can tell, in their words; what they did not tell is said."""
    known = figures["plan"]
    fields = (
        ("involvement", _("Involvement of staff and stakeholders")),
        ("incentives", _("Incentives for taking part")),
        ("funding", _("Funding")),
        ("sponsor", _("Sponsor")),
        ("approval", _("Approval (ethics or service evaluation)")),
        ("registration", _("Registration")),
        ("retention", _("How long data are kept")),
        ("data_access", _("Access to data")),
    )
    return table.Table(
        key="declarations",
        caption=_("Involvement, incentives, funding, registration, access"),
        columns=(_("Subject"), _("What the evaluators state")),
        rows=tuple(table.Row(name, (known.get(key) or _("Not stated."),)) for key, name in fields),
        sentence=_declared(known, [key for key, _name in fields]),
        words=True,
    )


def _declared(known: Figures, keys: list[str]) -> str:
    missing = sum(not known.get(key) for key in keys)
    if not missing:
        return _("All of these were stated by the evaluators.")
    return _("Stated by the evaluators; not stated: {n} of {all}.").format(n=missing, all=len(keys))


def _list(entries) -> str:
    return get_text_list(list(entries), _("and"))
