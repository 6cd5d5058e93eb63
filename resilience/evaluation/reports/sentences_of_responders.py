"""Plain sentences on single people's change, as counts, and on harm."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.evaluation.reports import entries, rounding
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def reliable(figures: Figures, words: Words) -> str:
    """How many changed by more than error on the primary measure, at the last time point."""
    found = _last_of_primary(figures, "reliable_change")
    if found is None or found[2]["improved"] is None:
        return _("Too few people answered twice to say whose change is larger than the measure's error.")
    key, when, one = found
    return _(
        "On {measure}, {improved} of {n} people got reliably better by {when}, {unchanged} showed no "
        "reliable change and {worse} got reliably worse."
    ).format(
        measure=words.brief(key),
        when=words.short(when),
        **{name: one[name] for name in ("improved", "n", "unchanged", "worse")},
    )


def reliable_method(figures: Figures, words: Words) -> str:
    """How reliable change was worked out, and from which reliability."""
    used = []
    for key, measure in figures["measures"].items():
        first = next(iter(measure["reliable_change"].values()), None)
        if first and first["reliability"] is not None:
            source = words.measures[key].reliability_source or _("this sample's alpha")
            used.append(f"{words.brief(key)} {rounding.number(first['reliability'], 2)} ({source})")
    return _(
        "Jacobson and Truax: a change counts when it is larger than 1.96 standard errors of the difference. "
        "SD: these pairs at baseline. Reliability used: {used}. Single questions have none and are left out."
    ).format(used="; ".join(used) or _("none"))


def cutoffs(figures: Figures, words: Words) -> str:
    """How many crossed each published cut-off."""
    parts = []
    for key, measure in figures["measures"].items():
        rows = [
            (when, one) for when, one in measure["reliable_change"].items() if one["cases_before"] is not None
        ]
        if rows:
            when, one = rows[-1]
            parts.append(
                _(
                    "On {measure}, of {n} people {before} scored beyond the cut-off at baseline; by {when}, "
                    "{well} of them had come back and {new} more had crossed it."
                ).format(
                    measure=words.brief(key),
                    n=one["n"],
                    before=one["cases_before"],
                    when=words.short(when),
                    well=one["became_well"],
                    new=one["became_case"],
                )
            )
    return " ".join(parts)


def responders(figures: Figures, words: Words) -> str:
    """How many changed by as much as matters."""
    parts = []
    for key, measure in figures["measures"].items():
        rows = [
            (when, one)
            for when, one in measure["responders"].items()
            if one["difference"] is not None and one["n"]
        ]
        if rows:
            when, one = rows[-1]
            parts.append(
                _(
                    "On {measure}, {better} of {n} people got better by {difference} points or more by {when}, "
                    "and {worse} got worse by as much."
                ).format(
                    measure=words.brief(key),
                    better=one["better"],
                    n=one["n"],
                    when=words.short(when),
                    difference=rounding.number(one["difference"], 0),
                    worse=one["worse"],
                )
            )
    return " ".join(parts) or _("Nobody has answered twice yet.")


def safety(figures: Figures, words: Words) -> list[str]:
    """How many people got reliably worse on each measure, with the number who answered at a later time "
    "point."""
    told = []
    for key, worse in figures["safety"]["reliably_worse"].items():
        most = max(one["n"] for one in figures["measures"][key]["change"].values())
        if worse is not None:
            text = ngettext(
                "{measure}: {n} person was reliably worse than at baseline at one later time point or more "
                "(up to {most} people answered twice).",
                "{measure}: {n} people were reliably worse than at baseline at one later time point or more "
                "(up to {most} people answered twice).",
                worse,
            )
            told.append(text.format(measure=words.brief(key), n=worse, most=most))
    return told + _reported(figures, words)


def _reported(figures: Figures, words: Words) -> list[str]:
    asked = entries.of(figures["safety"]["reported"])
    if not asked:
        return [
            _(
                "Nobody was asked whether any part left them feeling worse: “not asked” is not “none "
                "reported”."
            )
        ]
    template = _(
        "At {when}, {yes} of {n} people said that some part had left them feeling worse for more than a "
        "day; {rather_not} would rather not say."
    )
    return [template.format(when=words.short(when), **one) for when, one in asked.items()]


def _last_of_primary(figures: Figures, part: str) -> tuple[str, str, Figures] | None:
    for key in figures["plan"]["primary"]:
        rows = figures["measures"].get(key, {}).get(part, {})
        if rows:
            when = list(rows)[-1]
            return key, when, rows[when]
    return None
