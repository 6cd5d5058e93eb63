"""What the report says of groups that are set side by side: one account of them, so that no two places disagree."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import compared, entries, rounding, sentences_of_design
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def by_chance(figures: Figures) -> bool:
    """Whether chance made the groups, and people are in two of them or more: the one answer for every sentence."""
    among_people = (figures.get("core_or_optional") or {}).get("by_chance", True)
    return sentences_of_design.has_groups(figures) and sentences_of_design.by_chance(figures) and among_people


def limit(figures: Figures) -> str:
    """What cannot be said without a comparison group, or with the groups that there were."""
    if not sentences_of_design.has_groups(figures):
        return _(
            "There was no comparison group. Time, other events at work and answering the same questions again "
            "may explain part or all of "
            "any change."
        )
    together = _(
        "Changes from baseline are of all groups together: time, other events at work and answering the same questions "
        "again may explain part or all of them."
    )
    return f"{_set_side_by_side(figures)} {together}"


def _set_side_by_side(figures: Figures) -> str:
    if not any(found for key in figures["measures"] for found in differences(figures, key)):
        return _("There were groups, and no difference between them is estimated here.")
    if by_chance(figures):
        return _("Chance put people into groups, and the groups as allocated are compared here.")
    return _(
        "Groups are compared here, and nothing says that chance put people into them: they may have differed from the "
        "start."
    )


def as_allocated(figures: Figures) -> str:
    """How far the table of groups as allocated, and as received, can be read."""
    if by_chance(figures):
        return _(
            "The comparison as allocated is the one that chance made; as received, people are set side by side by what "
            "they had, which chance did not decide."
        )
    return _(
        "Nothing says that chance put people into these groups, so they may have differed from the start; as received, "
        "people are set side by side by what they had."
    )


def headline(figures: Figures, words: Words) -> list[str]:
    """What a trial leads with: how the groups that chance made differed; nothing where chance made none."""
    if not by_chance(figures):
        return []
    told = [
        _difference(key, found, figures, words)
        for key in figures["plan"]["primary"]
        if key in figures["measures"]
        for found in planned(figures, key)
    ]
    if not told:
        return [
            _("Chance put people into groups; of the planned comparison no difference between them is shown.")
        ]
    return [*told, *_sharing(figures)]


def _sharing(figures: Figures) -> list[str]:
    if not whole_units(figures):
        return []
    return [
        _(
            "Chance took whole units, and the interval does not allow for people sharing one: it is too narrow."
        )
    ]


def whole_units(figures: Figures) -> bool:
    """Whether whole units were put into groups, so that intervals of people are too narrow."""
    return figures["design"].get("allocated_by") == "UNIT"


def _difference(key: str, found: tuple[str, str, str, Figures], figures: Figures, words: Words) -> str:
    when, group, reference, one = found
    names, (low, high) = figures["design"]["arms"], interval(one)
    return _(
        "Chance put people into groups. As allocated, {measure} of the group “{group}” at {when} less that of the "
        "group “{reference}” was {difference} (95% CI {ci}), for people alike at baseline; the interval {excludes} no "
        "difference."
    ).format(
        measure=words.brief(key),
        group=names.get(group, group),
        when=words.short(when),
        reference=names.get(reference, reference),
        difference=rounding.number(one["difference"], words.decimals(key)),
        ci=rounding.interval((low, high), words.decimals(key)),
        excludes=_("leaves out") if low > 0 or high < 0 else _("includes"),
    )


def planned(figures: Figures, key: str) -> list[tuple[str, str, str, Figures]]:
    """The differences at the time points that the plan names."""
    times = compared.primary(figures, key)
    return [found for found in differences(figures, key) if found[0] in times]


def interval(one: Figures) -> tuple[float, float]:
    """The interval that the table prints; where there is none, the classical one."""
    low, high = one.get("ci_hc3") or one["ci"]
    return low, high


def differences(figures: Figures, key: str) -> Iterator[tuple[str, str, str, Figures]]:
    """Each difference of a measure that is shown: time point, group, the group it is set against, and the figures."""
    for when, one in entries.of(figures["measures"][key].get("by_arm")).items():
        for group, against in entries.of(one.get("differences")).items():
            if isinstance(against, Mapping) and against.get("difference") is not None:
                yield when, group, one["reference"], against
