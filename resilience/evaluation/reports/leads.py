"""What each section says first; where it has nothing to show, why."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import entries, gaps, sentences, sentences_of_models, tables_of_cost
from resilience.evaluation.reports.checklists import telling
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def people(figures: Figures, words: Words) -> str:
    """Who was approached, who came and who stayed."""
    parts = (telling.approached(figures, words), sentences.flow(figures, words))
    return " ".join(filter(None, parts))


def dates(figures: Figures, words: Words) -> str:
    """When people joined."""
    told = telling.joined(figures, words)
    return told or _("The data do not say on which days people joined and answered.")


def delivery(figures: Figures, words: Words) -> str:
    """Calls, and the content."""
    return sentences.delivery(figures, words)


def characteristics(figures: Figures, words: Words) -> str:
    """Who is described, and how."""
    if not figures["characteristics"]["n"]:
        return _("There is nothing to show here yet: nobody has answered the first questions.")
    return _(
        "People who answered at baseline, as they described themselves. Each question could be left out."
    )


def missing(figures: Figures, words: Words) -> str:
    """What is done about missing answers."""
    if not figures["flow"]["baseline"]:
        return _("There is nothing to show here yet: nobody has answered.")
    return _(
        "Nothing was filled in, other than in the one table whose title says so. Tables of change rest on people who "
        "answered both times, which holds if those who stopped would have changed alike; the mixed model uses every "
        "answer and needs less to be true."
    )


def quality(figures: Figures, words: Words) -> str:
    """Scores and reliability."""
    if not _any_scores(figures):
        return _("There is nothing to show here yet: nobody has answered.")
    return _(
        "How scores spread, how many lie at an end of their range, and how well the questions of each hang together."
    )


def change(figures: Figures, words: Words) -> str:
    """How change is counted."""
    if not any(one["n"] for measure in figures["measures"].values() for one in measure["change"].values()):
        return sentences.change(figures, words)
    return _(
        "Change is later minus baseline in the same people. Which way is better is said for each measure, and so is "
        "whether it was planned."
    )


def mixed(figures: Figures, words: Words) -> str:
    """Everyone who answered at least once."""
    found = {key: one.get("mixed_model") or {} for key, one in figures["measures"].items()}
    if any(one.get("terms") for one in found.values()):
        return _("One model for each measure uses every answer of everyone who answered at least once.")
    return _why(found) or _("No model over all time points was estimated.")


def individual(figures: Figures, words: Words) -> str:
    """One person's change, as counts."""
    if not any(one["n"] for measure in figures["measures"].values() for one in measure["change"].values()):
        return _("There is nothing to show here yet: nobody has answered twice.")
    return _(
        "A mean can hide that some got better and some worse. Here people are counted: by the measure's own error, by "
        "published cut-offs, and by what is known to matter."
    )


def coached(figures: Figures, words: Words) -> str:
    """The caveat that always stands beside this comparison."""
    found = {key: one.get("coached_difference") or {} for key, one in figures["measures"].items()}
    if any(one.get("difference") is not None for rows in found.values() for one in entries.of(rows).values()):
        return sentences_of_models.self_selected()
    hidden = any(disclosure.is_hidden(one) for rows in found.values() for one in entries.of(rows).values())
    few = _("Too few people are on one side, so the adjusted comparison is hidden.") if hidden else ""
    why = few or _why(found) or _("No comparison was estimated.")
    return f"{why} {sentences_of_models.self_selected()}"


def dose(figures: Figures, words: Words) -> str:
    """Change by how much somebody had."""
    found = {key: one.get("per_call") or {} for key, one in figures["measures"].items()}
    if any(one.get("groups") for rows in found.values() for one in entries.of(rows).values()):
        return _("People are put together by how many calls they had, which they chose for themselves.")
    return _why(found) or _("Change by number of calls was not estimated.")


def cost(figures: Figures, words: Words) -> str:
    """What it cost, or why that is not known."""
    found = figures.get("cost") or {}
    if found.get("total") is not None:
        return tables_of_cost.lead(figures)
    return _why(found) or _("The plan names no prices, so no cost can be given.")


def subgroups(figures: Figures, words: Words) -> str:
    """Change by group, as a description."""
    if figures.get("subgroups"):
        return _(
            "Described for those who plan further work; too few people for a comparison of groups to be firm."
        )
    return _("Change was not broken down by group.")


def acceptability(figures: Figures, words: Words) -> str:
    """What most and fewest agreed with."""
    if not any(one["n"] for one in entries.of(figures.get("acceptability")).values()):
        return _("Nobody was asked, or nobody has answered yet.")
    return _(
        "Statements that people agreed or disagreed with on a scale of five, at the first time point that asked."
    )


def coding(figures: Figures, words: Words) -> str:
    """Free text, coded."""
    found = figures.get("coding") or {}
    if any(isinstance(one, Mapping) for one in found.values()):
        return _("Comments that people let us use, coded by theme. No comment is quoted here.")
    return _why(found) or _("No free text was coded, so there are no themes to show.")


def harms(figures: Figures, words: Words) -> str:
    """What is counted as harm."""
    if not figures["flow"]["baseline"]:
        return _("There is nothing to show here yet: nobody has answered.")
    return _("Each way in which harm could show itself, with how many were asked or measured.")


def limits(figures: Figures, words: Words) -> str:
    """What follows."""
    return _("These sentences are made from the data and change with them.")


def declarations(figures: Figures, words: Words) -> str:
    """What only people can tell."""
    return _("What the people behind this evaluation state in their plan, in their own words.")


def _any_scores(figures: Figures) -> bool:
    return any(one["n"] for measure in figures["measures"].values() for one in measure["scores"].values())


def _why(found: Any) -> str:
    told = gaps.reasons_in(found)
    return _("Not estimated: {reasons}.").format(reasons=told) if told else ""
