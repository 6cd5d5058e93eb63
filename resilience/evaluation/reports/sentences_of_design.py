"""What the report says of groups, and of cards that were held back: from what was decided, not from the answers."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Figures = Mapping[str, Any]


def in_short(figures: Figures) -> str:
    """The design in a line."""
    if not has_groups(figures):
        return _("One group, before and after")
    groups = len(figures["design"]["arms"])
    return ngettext("{n} group, before and after", "{n} groups, before and after", groups).format(n=groups)


def uncontrolled(figures: Figures) -> str:
    """Why a change cannot be put down to the programme."""
    if has_groups(figures):
        return _(
            "Changes from baseline are of everybody who answered both times, all groups together, so they cannot be "
            "put down to the programme."
        )
    return _("There was no comparison group, so a change cannot be put down to the programme.")


def has_groups(figures: Figures) -> bool:
    """Whether there were groups to set side by side."""
    return len(figures["design"].get("arms", {})) > 1


def of_this_site(figures: Figures) -> bool:
    """Whether the data were gathered on this site: of data from elsewhere nobody tells what was decided of cards."""
    return "cards_held_back" in figures["design"]


def by_chance(figures: Figures) -> bool:
    """Whether chance put people or units into groups."""
    return figures["design"].get("allocated_by") in ("PERSON", "UNIT")


def allocation(figures: Figures) -> str:
    """How people came into groups; empty where that is not known."""
    return _allocated(figures["design"])


def methods(figures: Figures) -> str:
    """How people came into groups, and what was decided of cards and own results; empty where none is known."""
    design = figures["design"]
    return " ".join(filter(None, (_allocated(design), _cards(design), _results(design))))


def _allocated(design: Mapping[str, Any]) -> str:
    if "arms" not in design:
        return _("Nobody was put into a group.") if design else ""
    names = get_text_list(list(design["arms"].values()), _("and"))
    if "allocated_by" not in design:
        return _("The data name these groups, and do not say how people came into them: {names}.").format(
            names=names
        )
    return HOW[design["allocated_by"]](design).format(
        names=names,
        sizes=get_text_list([str(size) for size in design.get("blocks", [])], _("and")),
        within=_within(design.get("strata", [])),
    )


def _within(strata: list[str]) -> str:
    names = {
        "profession": _("profession"),
        "level": _("stage of working life"),
        "organisation": _("organisation"),
    }
    if not strata:
        return ""
    return _(", separately by {names}").format(names=get_text_list([names[one] for one in strata], _("and")))


HOW = {
    "PERSON": lambda design: _(
        "After their first questions people were put into a group by chance, each on their own, in permuted blocks "
        "of {sizes}{within}: {names}. Nobody could know the next group, and the seed gives the same order again."
    ),
    "UNIT": lambda design: _(
        "Whole units were put into a group by chance, in permuted blocks of {sizes}{within}, when the first of their "
        "people had answered the first questions: {names}. The intervals do not allow for people sharing a unit."
    ),
    "TABLE": lambda design: _("People were put into groups by a table from elsewhere: {names}."),
}


def _cards(design: Mapping[str, Any]) -> str:
    if "cards_held_back" not in design:
        return ""
    if design["cards_held_back"]:
        return _(
            "Cards to pass on to colleagues were held back until each person's last questions were over."
        )
    return _("Cards to pass on to colleagues were not held back.")


def _results(design: Mapping[str, Any]) -> str:
    if "results_shown_early" not in design:
        return ""
    return _("People could see their own results from the first on, which can change what they answer later.")
