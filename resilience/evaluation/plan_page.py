"""What the page of a frozen plan shows: the grid, its parameters, and what was decided."""

from typing import Any

from django.shortcuts import get_object_or_404

from resilience.evaluation import approached, plan_words, plans, reportable, versions
from resilience.evaluation.analysis.frozen import plain
from resilience.evaluation.models import Evaluation
from resilience.evaluation.plan_forms import COST, KINDS, TRAITS
from resilience.measures import catalogue

Context = dict[str, Any]
Content = plans.Content


def context(evaluation: Evaluation) -> Context:
    """The plan that stands."""
    plan = evaluation.plan
    return _shown(plan.content) | {
        "evaluation": evaluation,
        "plan": plan,
        "deviations": evaluation.deviations.all(),
        "earlier": evaluation.earlier_plans.all(),
        "approached": _approached(evaluation),
        "complaints": evaluation.complaints,
        "why_not": reportable.why_not(evaluation),
    }


def earlier(evaluation: Evaluation, version: str) -> Context:
    """A version that was replaced. Raises Http404."""
    row = get_object_or_404(evaluation.earlier_plans, version=version)
    return _shown(row.content) | {"evaluation": evaluation, "plan": row, "replaced_at": row.replaced_at}


def proposed(evaluation: Evaluation) -> Context:
    """What is being written, with the fingerprint that it would have, and what differs from the plan that stands."""
    plan, content = evaluation.plan, versions.written(evaluation.plan)
    changed = [] if plan.frozen_at is None else versions.changes(plan)
    return _shown(content) | {
        "seen": plans.digest(content),
        "changed": sorted(plan_words.label(key) for key in changed),
        "number": plan.version if plan.frozen_at is None else plan.version + 1,
    }


def _shown(content: Content) -> Context:
    return {
        "labels": content["labels"],
        "rows": _grid(content),
        "decided": _decided(content),
        "said": _said(content),
    }


def _grid(content: Content) -> list[Context]:
    return [_row(content, name, asked) for name, asked in content["grid"].items()]


def _row(content: Content, name: str, asked: list[str]) -> Context:
    keys = plans.measures_of(name)
    cutoff = _first(content["cutoff"], keys)
    return {
        "name": catalogue.get(name).name,
        "cells": [(key, key in asked) for key in content["timepoints"]],
        "primary": any(key in content["primary"] for key in keys),
        "new": catalogue.get(name).new,
        "cutoff": f"{cutoff[0]} {plain(cutoff[1])}" if cutoff else "",
        "reliability": _first(content["reliability"], keys),
        "mcid": _first(content["mcid"], keys),
    }


def _first(values: Content, keys: list[str]) -> Any:
    found = next((values[key] for key in keys if key in values), "")
    return plain(found) if isinstance(found, float) else found


def _decided(content: Content) -> list[tuple[str, str]]:
    """What is decided beforehand, each with its name; what an older plan did not say yet is left out."""
    found = {
        "kind": str(dict(KINDS).get(content.get("kind"), "")),
        "primary": "; ".join(map(plan_words.measure, content["primary"])),
        "primary_timepoints": _named(content.get("primary_timepoints", []), content["labels"]),
        "analyses": _named(content.get("analyses", []), plan_words.ANALYSES),
        "complete_modules": content["complete_modules"],
        "exposure": content.get("exposure", ""),
        "suppress_below": content["suppress_below"],
        "covariates": _named(content["covariates"], TRAITS),
        "multiplicity": plan_words.corrections(content["multiplicity"]) if "multiplicity" in content else "",
    }
    shown = [(plan_words.label(key), str(value)) for key, value in found.items() if str(value)]
    return shown + [(str(COST[key][0]), _amount(value)) for key, value in content.get("cost", {}).items()]


def _amount(value: float | None) -> str:
    """A number of a plan, which may come from a file that writes 40 as 40.0."""
    return "–" if value is None else str(plain(value))


def _named(keys: list[str], names: Any) -> str:
    return "; ".join(str(names.get(key, key)) for key in keys)


def _said(content: Content) -> list[tuple[str, str]]:
    """What stands in an evaluator's own words."""
    papers = content.get("papers", {})
    older = {
        "sponsor": papers.get("sponsor", ""),
        "approval": papers.get("approval", ""),
        "registration": papers.get("registered", ""),
    }
    words = older | {key: content[key] for key in (*plans.SAID, "no_system_outcomes") if content.get(key)}
    return [(plan_words.label(key), value) for key, value in words.items() if value]


def _approached(evaluation: Evaluation) -> list[tuple[str, int]]:
    return [(str(approached.CHANNELS.get(key, key)), n) for key, n in evaluation.approached.items()]
