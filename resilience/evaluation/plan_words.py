"""What the parts of a plan are called on the form, on the page of the plan, and in what is printed of a change."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience.measures import catalogue

LABELS = {
    "kind": gettext_lazy("Kind of evaluation"),
    "approval": gettext_lazy("Approval"),
    "sponsor": gettext_lazy("Sponsor"),
    "registration": gettext_lazy("Registration"),
    "retention": gettext_lazy("How long data are kept"),
    "incentives": gettext_lazy("What people get for taking part"),
    "funding": gettext_lazy("Funding"),
    "involvement": gettext_lazy("How staff were involved"),
    "data_access": gettext_lazy("Access to the data"),
    "design": gettext_lazy("Design that allows effects on units"),
    "primary": gettext_lazy("Primary measures"),
    "primary_timepoints": gettext_lazy("Primary time points"),
    "analyses": gettext_lazy("Planned figures"),
    "covariates": gettext_lazy("Adjusted for"),
    "complete_modules": gettext_lazy("Modules that count as done"),
    "exposure": gettext_lazy("Calls that count as coached"),
    "multiplicity": gettext_lazy("Correction for several tests"),
    "suppress_below": gettext_lazy("Groups are hidden below"),
    "cost": gettext_lazy("Cost"),
    "no_system_outcomes": gettext_lazy("Why there are no outcomes of units"),
    "timepoints": gettext_lazy("Time points"),
    "windows": gettext_lazy("Windows"),
    "grid": gettext_lazy("What is asked, and when"),
    "reliability": gettext_lazy("Reliability"),
    "cutoff": gettext_lazy("Healthy side of the cut-off"),
    "mcid": gettext_lazy("Difference that matters"),
    "direction": gettext_lazy("Which way is better"),
    "goals": gettext_lazy("Goals"),
}
ANALYSES = {
    "change": gettext_lazy("Change from the start, with its effect size"),
    "reliable_change": gettext_lazy("Change of single people that is larger than chance"),
    "responders": gettext_lazy("How many changed by a difference that matters"),
    "mixed_model": gettext_lazy("All time points in one model"),
    "coached_difference": gettext_lazy("With and without calls, adjusted"),
    "coach_background": gettext_lazy("Change by whether the coaches have worked with patients"),
    "per_call": gettext_lazy("Change by the number of calls"),
    "cost": gettext_lazy("Cost"),
    "subgroups": gettext_lazy("Change in groups of people"),
    "acceptability": gettext_lazy("What people made of it"),
    "coding": gettext_lazy("Coded comments"),
    "process": gettext_lazy("Who took part, who stayed, and what was delivered"),
    "baseline": gettext_lazy("Who the people were, with and without calls"),
    "missing": gettext_lazy("Missing answers, and what goes with them"),
    "quality": gettext_lazy("How well the measures worked"),
    "last_score": gettext_lazy("Change to the last score that each person gave"),
    "imputed": gettext_lazy("Change with missing scores filled in"),
    "offers": gettext_lazy("Calls offered, accepted and had"),
    "opinions": gettext_lazy("What people made of it, with and without calls"),
    "coach_time": gettext_lazy("What calls took of the coaches"),
    "arms": gettext_lazy("Change by group as allocated"),
    "fairness": gettext_lazy("Uptake and rating by who people are"),
    "leaving": gettext_lazy("Meaning to leave"),
    "benefit": gettext_lazy("What came of it for whom"),
    "harms": gettext_lazy("Harms"),
    "system": gettext_lazy("Outcomes of units"),
}


def label(key: str) -> str:
    """What a part of a plan is called; one that has no words here keeps its key."""
    return str(LABELS.get(key, key))


def changed(version: int, keys: Iterable[str]) -> str:
    """One sentence on a new version."""
    parts = ", ".join(sorted({label(key) for key in keys}))
    return _("Version {version} of the plan. Changed: {parts}.").format(version=version, parts=parts)


def no_units() -> str:
    """What is said where neither outcomes of units nor a reason for their absence are told."""
    return _(
        "A report of people alone says why. Write why there are no outcomes of units, also where you will tell of "
        "them later; or first tell what became of units."
    )


def never_asked(measures: Iterable[str], when: Iterable[str], content: Mapping[str, Any]) -> str:
    """What is said of primary measures that no primary time point asks."""
    return _("{measures} is not asked at {when}: choose another measure, or another time point.").format(
        measures=", ".join(measure(key) for key in measures), when=_points(when, content)
    )


def asks_none(when: Iterable[str], content: Mapping[str, Any]) -> str:
    """What is said of primary time points at which no primary measure is asked."""
    return _(
        "No primary measure is asked at {when}: leave it out, or choose a measure that is asked there."
    ).format(when=_points(when, content))


def measure(key: str) -> str:
    """A measure's name; of one with several scales, with its scale."""
    instrument, _dot, scale = key.partition(".")
    name = catalogue.get(instrument).name
    return f"{name}: {scale.replace('_', ' ')}" if scale else name


def _points(keys: Iterable[str], content: Mapping[str, Any]) -> str:
    return ", ".join(f"“{content['labels'].get(key, key)}”" for key in keys)


CORRECTIONS = {
    "primary": {
        "holm": gettext_lazy("Holm’s method: a finding has to be clearer where several are tested"),
        "none": gettext_lazy("None: each p stands by itself"),
    },
    "rest": {
        "bh": gettext_lazy("Benjamini-Hochberg’s: of all findings few are false ones"),
        "none": gettext_lazy("None: each p stands by itself"),
    },
}
_NAMES = {"holm": "Holm", "bh": "Benjamini-Hochberg", "none": gettext_lazy("no correction")}


def corrections(chosen: Mapping[str, str]) -> str:
    """How p values are corrected."""
    return _("{primary} for the primary measures, {rest} for all others").format(
        primary=_NAMES.get(chosen["primary"], chosen["primary"]),
        rest=_NAMES.get(chosen["rest"], chosen["rest"]),
    )


def needed_for_research() -> dict[str, str]:
    """What a plan of research says, by key."""
    return {
        "approval": _("Research needs an approval: write who approved it, and under which number."),
        "sponsor": _("Write who sponsors the research."),
        "retention": _("Write how long the data are kept."),
    }
