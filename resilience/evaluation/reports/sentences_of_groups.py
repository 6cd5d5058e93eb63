"""What the report says of groups that are set side by side: one account of them, so that no two places disagree."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import entries, sentences_of_design

Figures = Mapping[str, Any]


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
    if sentences_of_design.by_chance(figures):
        return _("Chance put people into groups, and the groups as allocated are compared here.")
    return _(
        "Groups are compared here, and nothing says that chance put people into them: they may have differed from the "
        "start."
    )


def as_allocated(figures: Figures) -> str:
    """How far the table of groups as allocated, and as received, can be read."""
    if sentences_of_design.by_chance(figures):
        return _(
            "The comparison as allocated is the one that chance made; as received, people are set side by side by what "
            "they had, which chance did not decide."
        )
    return _(
        "Nothing says that chance put people into these groups, so they may have differed from the start; as received, "
        "people are set side by side by what they had."
    )


def differences(figures: Figures, key: str) -> Iterator[tuple[str, str, str, Figures]]:
    """Each difference of a measure that is shown: time point, group, the group it is set against, and the figures."""
    for when, one in entries.of(figures["measures"][key].get("by_arm")).items():
        for group, against in entries.of(one.get("differences")).items():
            if isinstance(against, Mapping) and against.get("difference") is not None:
                yield when, group, one["reference"], against
