"""What these data cannot say: sentences that change with the data."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import rounding
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def sentences(figures: Figures, words: Words) -> list[str]:
    """The report's limits, in the order in which a reader should meet them."""
    found = [
        _synthetic(figures),
        _uncontrolled(figures),
        _regression(),
        _attrition(figures, words),
        _not_due(figures, words),
        _self_selection(figures),
        _coaches(figures),
        _many_tests(figures),
        _plan(figures),
        _new_measures(words),
        _adapted(),
        _hidden(figures),
        _left_out(figures),
        _self_report(),
    ]
    return [one for one in found if one]


def _synthetic(figures: Figures) -> str:
    if not figures["synthetic"]:
        return ""
    return _(
        "These data are synthetic. The people do not exist; the number who answer and the change in coping "
        "confidence are shaped on a "
        "published face-to-face study with group workshops. Nothing here says anything about this programme."
    )


def _uncontrolled(figures: Figures) -> str:
    if "arms" in figures["design"]:
        return _(
            "There were groups, and no figure here compares them. Time, other events at work and answering the same "
            "questions again may explain part or all of any change."
        )
    return _(
        "There was no comparison group. Time, other events at work and answering the same questions again "
        "may explain part or all of "
        "any change."
    )


def _regression() -> str:
    return _(
        "People often join when things are hard. Scores that start far from the average tend to move back "
        "towards it by themselves "
        "(regression to the mean)."
    )


def _attrition(figures: Figures, words: Words) -> str:
    kept = {
        when: percent for when, percent in figures["flow"]["retained_percent"].items() if percent is not None
    }
    if not kept:
        return _("Nobody has answered after the baseline yet.")
    parts = [
        _("{percent} at {when}").format(percent=rounding.percent(one), when=words.short(when))
        for when, one in kept.items()
    ]
    return _(
        "Not everyone who answered at baseline answered again: {parts} did. Those who stay may differ from "
        "those who do not; the "
        "tables of change hold only people who answered both times."
    ).format(parts=get_text_list(parts, _("and")))


def _not_due(figures: Figures, words: Words) -> str:
    when = figures["flow"]["not_yet_due"]
    if not when:
        return ""
    names = get_text_list([words.timepoint(one) for one in when], _("and"))
    return _("Not yet due when these data were frozen, and so not missing: {names}.").format(names=names)


def _self_selection(figures: Figures) -> str:
    if not figures["flow"]["one_call_or_more"]:
        return ""
    return _(
        "{n} people chose to have a call and others chose not to. A difference between them is no measure "
        "of what calls do: those in "
        "more need, or with more time, may choose differently."
    ).format(n=figures["flow"]["one_call_or_more"])


def _coaches(figures: Figures) -> str:
    coaches = figures["delivery"]["coaches"]
    if not coaches:
        return ""
    return _(
        "Number of coaches who held the calls: {n}. That people share a coach is not allowed for in the "
        "intervals."
    ).format(n=coaches)


def _many_tests(figures: Figures) -> str:
    tests = sum(
        one["p"] is not None for measure in figures["measures"].values() for one in measure["change"].values()
    )
    if tests < 2:
        return ""
    return _(
        "{n} comparisons were tested. Read the adjusted p values, and the intervals before any p value."
    ).format(n=tests)


def _plan(figures: Figures) -> str:
    if figures["plan"]["frozen_on"]:
        return ""
    return _(
        "The analysis plan was not frozen before these figures were seen: treat every comparison as "
        "exploratory."
    )


def _new_measures(words: Words) -> str:
    names = words.new_measures()
    if not names:
        return ""
    return _(
        "New and not validated: {names}. Their scores must not be compared with published scores of "
        "confidence or of anything else."
    ).format(names=get_text_list(names, _("and")))


def _adapted() -> str:
    return _(
        "The content is informed by published work in which people first met in group workshops led by the "
        "coach, a psychological "
        "therapist. Here there are no workshops, so those results do not carry over."
    )


def _hidden(figures: Figures) -> str:
    groups = [
        group
        for name, one in figures["characteristics"].items()
        if isinstance(one, Mapping) and name != "scores"
        for group in one["groups"].values()
    ]
    count = sum(disclosure.is_hidden(group) for group in groups)
    if not count:
        return ""
    return _("{n} small groups are hidden so that nobody can be recognised. Hidden is not nought.").format(
        n=count
    )


def _left_out(figures: Figures) -> str:
    left = figures["snapshot"]["left_out"]
    return _(
        "Left out of all figures: enrolled but did not let us use their answers, {no_consent}; data erased "
        "at the person's wish, "
        "{erased}; test accounts, {test}."
    ).format(**left)


def _self_report() -> str:
    return _("All outcomes are people's own answers. No patient, incident or employment record was used.")
