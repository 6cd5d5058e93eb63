"""What these data cannot say: sentences that change with the data."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.evaluation import disclosure
from resilience.evaluation.reports import (
    entries,
    limits_of_few,
    limits_of_models,
    limits_of_tests,
    rounding,
    sentences_of_design,
    sentences_of_groups,
    sentences_of_plan,
    tables_of_system,
)
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def sentences(figures: Figures, words: Words) -> list[str]:
    """The report's limits, in the order in which a reader should meet them."""
    found = [
        _synthetic(figures),
        sentences_of_groups.limit(figures),
        _regression(),
        _attrition(figures, words),
        _not_due(figures, words),
        _self_selection(figures),
        _results(figures),
        *limits_of_models.sentences(figures, words),
        *limits_of_tests.sentences(figures),
        *sentences_of_plan.limits(figures["plan"]),
        _new_measures(words),
        _adapted(figures),
        _left_the_job(figures, words),
        _hidden(figures),
        *limits_of_few.sentences(figures, words),
        _left_out(figures),
        _self_report(figures),
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


def _results(figures: Figures) -> str:
    """Whether people saw their own results before the last questions; nothing where that is not known."""
    design = figures["design"]
    if design.get("results_shown_early"):
        return _(
            "People could see their own results before the last questions, which can change what they answer."
        )
    if "cards_held_back" in design:
        return _("People were not shown their own results before the last questions.")
    return ""


def _left_the_job(figures: Figures, words: Words) -> str:
    """How many had left their job by the last time point that asked."""
    told = [
        (when, one["already_left"])
        for found in entries.of(figures.get("leaving")).values()
        for when, one in entries.of(found).items()
        if one.get("already_left")
    ]
    if not told:
        return ""
    when, left = max(told, key=lambda pair: pair[1])
    return _(
        "By {when}, {n} of those who answered had left their job; they do not count as meaning to leave."
    ).format(when=words.short(when), n=left)


def _new_measures(words: Words) -> str:
    names = words.new_measures()
    if not names:
        return ""
    return _(
        "New and not validated: {names}. Their scores must not be compared with published scores of "
        "confidence or of anything else."
    ).format(names=get_text_list(names, _("and")))


def _adapted(figures: Figures) -> str:
    """What holds of programmes of this site, and is not known of others."""
    if not sentences_of_design.of_this_site(figures):
        return ""
    return _(
        "The content is informed by published work in which people first met in group workshops led by the "
        "coach, a psychological "
        "therapist. Here there are no workshops, so those results do not carry over."
    )


def _hidden(figures: Figures) -> str:
    count = hidden_in(figures)
    if not count:
        return ""
    return ngettext(
        "{n} value is hidden so that nobody can be recognised; in figures.json it is null. Hidden is not nought.",
        "{n} values are hidden so that nobody can be recognised; in figures.json each is null. Hidden is not nought.",
        count,
    ).format(n=rounding.count(count))


def hidden_in(found: Any, *, hidden: bool = False) -> int:
    """How many values are null because they, or what they stand in, are hidden; not those that have another reason."""
    if isinstance(found, list):
        return sum(hidden_in(one, hidden=hidden) for one in found)
    if not isinstance(found, Mapping):
        return int(hidden and found is None)
    hidden = disclosure.is_hidden(found) or (hidden and not _explained(found))
    return sum(
        hidden_in(one, hidden=hidden) for key, one in found.items() if not key.endswith(entries.BESIDE)
    )


def _explained(found: Figures) -> bool:
    return any(one for key, one in found.items() if key.endswith("why"))


def _left_out(figures: Figures) -> str:
    left = figures["snapshot"]["left_out"]
    return _(
        "Left out of all figures: enrolled but did not let us use their answers, {no_consent}; data erased "
        "at the person's wish, "
        "{erased}; test accounts, {test}."
    ).format(**left)


def _self_report(figures: Figures) -> str:
    if tables_of_system.outcomes(figures):
        return _(
            "All individual outcomes are people's own answers. What units report stands beside them as context, and no "
            "person's employment or patients' records were used."
        )
    return _("All outcomes are people's own answers. No patient, incident or employment record was used.")
