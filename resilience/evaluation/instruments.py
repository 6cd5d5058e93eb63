"""Describe an instrument's scales as the measures of a frozen dataset, with the plan's parameters."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import plans
from resilience.evaluation.analysis.frozen import Measure, Plan
from resilience.evaluation.analysis.frozen_plan import FIRST_ANALYSES
from resilience.evaluation.models import AnalysisPlan, Deviation, EarlierPlan
from resilience.measures import catalogue
from resilience.measures.scoring import rules

OTHERS = ("kind", "exposure", "windows", "multiplicity", "cost", "no_system_outcomes")
FINE_GRAINED_FROM = 20  # a scale this long is printed with one decimal, a shorter one with two


def measures(content: Mapping[str, Any]) -> tuple[Measure, ...]:
    """Every measure of the plan's grid: the primary ones first, then in its order."""
    found = []
    for name, timepoints in content["grid"].items():
        instrument = catalogue.get(name)
        for rule, key in zip(instrument.scales, plans.measures_of(name), strict=True):
            found.append(_measure(instrument, rule, key=key, timepoints=tuple(timepoints), content=content))
    return tuple(sorted(found, key=lambda measure: measure.key not in content["primary"]))


def plan(
    row: AnalysisPlan,
    *,
    due: tuple[str, ...],
    settled: Mapping[str, Any],
    collected_before: bool = False,
    seen_at: datetime | None = None,
) -> Plan:
    """The plan as analysis reads it. `settled` is the version that says what was planned.

    Before that one was frozen the data had been collected, or figures seen, where the last two say so.
    """
    content = row.content
    return Plan(
        timepoints=tuple(content["timepoints"]),
        due=due,
        labels=dict(content["labels"]),
        primary=tuple(content["primary"]),
        planned=tuple(key for name in settled["grid"] for key in plans.measures_of(name)),
        covariates=tuple(content["covariates"]),
        complete_modules=content["complete_modules"],
        suppress_below=content["suppress_below"],
        frozen_on=_date(row.frozen_at),
        collected_before=collected_before,
        seen_on=_date(seen_at) or "",
        hash=row.hash,
        goals={key: value for key, value in content.get("goals", {}).items() if value is not None},
        analyses=_planned_analyses(content, settled),
        version=row.version,
        deviations=tuple(_deviation(each) for each in row.evaluation.deviations.all()),
        earlier=tuple(_earlier(each) for each in row.evaluation.earlier_plans.all()),
        **_said(content),
    )


def _said(content: Mapping[str, Any]) -> dict[str, Any]:
    """What a plan of an earlier version did not say yet keeps its default."""
    words = {name: content[name] for name in (*plans.SAID, *OTHERS) if content.get(name)}
    chosen = content.get("primary_timepoints")
    return words | ({"primary_timepoints": tuple(chosen)} if chosen else {})


def _planned_analyses(content: Mapping[str, Any], settled: Mapping[str, Any]) -> tuple[str, ...]:
    before = settled.get("analyses", FIRST_ANALYSES)
    return tuple(each for each in content.get("analyses", FIRST_ANALYSES) if each in before)


def _date(at: datetime | None) -> str | None:
    return at.date().isoformat() if at else None


def _deviation(row: Deviation) -> dict[str, str]:
    return {"when": _date(row.at), "what": row.what, "why": row.why}


def _earlier(row: EarlierPlan) -> dict[str, Any]:
    return {"version": row.version, "frozen_on": _date(row.frozen_at), "hash": row.hash}


def _measure(instrument: catalogue.Instrument, rule: rules.Rule, *, key: str, timepoints, content) -> Measure:
    low, high = rule.range
    title = _title(instrument, rule)
    cutoff = content["cutoff"].get(key)
    return Measure(
        key=key,
        instrument=instrument.key,
        title=title,
        items=tuple(int(item) for item in rule.items),
        low=low,
        high=high,
        item_low=rule.low,
        item_high=rule.high,
        direction=content["direction"][key],
        decimals=1 if high - low >= FINE_GRAINED_FROM else 2,
        reversed=tuple(sorted(int(item) for item in rule.reverse)),
        validated=not instrument.new,
        reliability=content["reliability"].get(key),
        reliability_source=_source(instrument, content["reliability"].get(key)),
        cutoff=(cutoff[0], cutoff[1]) if cutoff else None,
        difference=content["mcid"].get(key),
        timepoints=timepoints,
        short=_short(title),
        apart=key in plans.apart_of(instrument.key),
    )


def _source(instrument: catalogue.Instrument, reliability: float | None) -> str:
    """Where a reliability is from; one that an imported plan gives has no source here."""
    if reliability == instrument.change.get("reliability"):
        return instrument.change.get("reliability_source", "")
    return _("as the plan gives it")


def _short(title: str) -> str:
    """The abbreviation in brackets at a name's end, "PHQ-8", or the name."""
    found = re.search(r"\((\S+)\)$", title)
    return found.group(1) if found else title


def _title(instrument: catalogue.Instrument, rule: rules.Rule) -> str:
    if rule.scale == plans.WHOLE:
        return instrument.name
    return _("{instrument}: {scale}").format(instrument=instrument.name, scale=rule.scale.replace("_", " "))
