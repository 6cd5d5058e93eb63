"""Check meta.json: the analysis plan of a pack. Every key is optional; what is not known is named and left alone."""

import json
from collections.abc import Callable, Collection
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from resilience.evaluation import plans
from resilience.evaluation.analysis.frozen_plan import ANALYSES
from resilience.evaluation.dataset import told_of_units
from resilience.evaluation.dataset.answers import is_a_key
from resilience.evaluation.dataset.columns import COVARIATES, META
from resilience.evaluation.dataset.staging import Stage
from resilience.evaluation.disclosure import SMALLEST_THRESHOLD
from resilience.measures import catalogue

SIDES = (">", ">=", "<", "<=")
COSTS = ("coach_rate_per_hour", "prep_minutes_per_call", "supervision_pct", "fixed")
PER_MEASURE = ("reliability", "direction", "cutoff", "mcid")
NOT_IN_PACK = ("no_consent", "test", "erased")
MOST_BYTES = 1_000_000
MOST_COMPLAINTS = 1_000_000

Meta = dict[str, Any]


class Wrong(Exception):
    """A value of meta.json cannot be taken; the message says what is wanted."""


def read(file: BinaryIO, stage: Stage) -> Meta:
    """Return what meta.json gives, checked; what is wrong is noted and missing in what is returned."""
    try:
        given = json.loads(file.read(MOST_BYTES).decode("utf-8-sig"), parse_constant=_no_constant)
    except (UnicodeDecodeError, ValueError, RecursionError):
        stage.refuse(META, None, "", _("is not JSON in UTF-8: put it right"), fatal=True)
        return {}
    if not isinstance(given, dict):
        stage.refuse(META, None, "", _("must hold one object, { … }"), fatal=True)
        return {}
    return {key: value for key, raw in given.items() for value in _value(key, raw, stage)}


def _no_constant(word: str) -> None:
    raise ValueError(word)


def _value(key: str, raw: Any, stage: Stage) -> list[Any]:
    """The one value of a key, or none where it is not known or wrong."""
    if key not in CHECKS:
        stage.notes.append(_("{file}: “{key}” is not known and stays where it is").format(file=META, key=key))
        return []
    try:
        return [CHECKS[key](raw)]
    except Wrong as wrong:
        stage.refuse(META, None, key, str(wrong), fatal=True)
        return []


def _timepoints(raw: Any) -> list[str]:
    keys = _words(raw)
    if not keys or len(set(keys)) < len(keys) or not all(map(is_a_key, keys)):
        raise Wrong(_("name each time point once, the first one first, as in [“pre”, “post”]"))
    return keys


def _words(raw: Any) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        raise Wrong(_("write a list of words, as in [“who5”]"))
    return raw


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise Wrong(_("write words between quotation marks"))
    return raw


def _truth(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise Wrong(_("write true or false"))
    return raw


def _at_least(low: float, *, whole: bool = False) -> Callable[[Any], float]:
    def check(raw: Any) -> float:
        wanted = int if whole else int | float
        if isinstance(raw, bool) or not isinstance(raw, wanted) or raw < low:
            raise Wrong(_("write a number of {low} or more").format(low=low))
        return raw

    return check


def _complaints(raw: Any) -> int:
    found = int(_at_least(0, whole=True)(raw))
    if found > MOST_COMPLAINTS:
        raise Wrong(_("write a number of {most} or less").format(most=MOST_COMPLAINTS))
    return found


def _not_in_pack(raw: Any) -> dict[str, int]:
    found = _each(_at_least(0, whole=True))(raw)
    if not set(found) <= set(NOT_IN_PACK):
        raise Wrong(_("write one of {known}").format(known=", ".join(NOT_IN_PACK)))
    return found


def _each(check: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any]]:
    """An object with one value a key."""

    def each(raw: Any) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise Wrong(_("write an object, as in {“who5”: …}"))
        return {key: check(value) for key, value in raw.items()}

    return each


def _reliability(raw: Any) -> float:
    if _at_least(0)(raw) > 1:
        raise Wrong(_("a reliability lies between 0 and 1"))
    return raw


def _direction(raw: Any) -> int:
    if isinstance(raw, bool) or raw not in (1, -1):
        raise Wrong(_("write 1 where higher is better, else -1"))
    return int(raw)


def _cutoff(raw: Any) -> list:
    if not isinstance(raw, list) or len(raw) != 2 or raw[0] not in SIDES or not _is_number(raw[1]):
        raise Wrong(_("write the healthy side, as in [“>”, 50]"))
    return raw


def _is_number(raw: Any) -> bool:
    return isinstance(raw, int | float) and not isinstance(raw, bool)


def _covariates(raw: Any) -> list[str]:
    for name in _words(raw):
        if name not in COVARIATES:
            raise Wrong(_("“{name}” is none of {known}").format(name=name, known=", ".join(COVARIATES)))
    return raw


def _one_of(known: Collection[str]) -> Callable[[Any], str]:
    def check(raw: Any) -> str:
        if raw not in known:
            raise Wrong(_("write one of {known}").format(known=", ".join(known)))
        return raw

    return check


def _some_of(known: Collection[str]) -> Callable[[Any], list[str]]:
    one = _one_of(known)
    return lambda raw: [one(each) for each in _words(raw)]


def _units(raw: Any) -> list[told_of_units.Told]:
    try:
        return told_of_units.read(raw)
    except told_of_units.Odd as odd:
        raise Wrong(str(odd)) from odd


def _grid(raw: Any) -> dict[str, list[str]]:
    found = _each(_words)(raw)
    for name in found:
        if name not in catalogue.load():
            raise Wrong(_("there are no rules here for “{key}”: put its key right").format(key=name))
    return found


def expand(values: dict[str, Any], grid: dict[str, list[str]]) -> dict[str, Any]:
    """Values by measure: what stands for an instrument holds for each of its scales that has none of its own."""
    found = {}
    for name in grid:
        for key in plans.measures_of(name):
            if key in values or name in values:
                found[key] = values.get(key, values.get(name))
    return found


CHECKS: dict[str, Callable[[Any], Any]] = {
    "timepoints": _timepoints,
    "labels": _each(_text),
    "grid": _grid,
    "reliability": _each(_reliability),
    "direction": _each(_direction),
    "cutoff": _each(_cutoff),
    "mcid": _each(_at_least(0)),
    "primary": _words,
    "covariates": _covariates,
    "complete_modules": _at_least(0, whole=True),
    "suppress_below": _at_least(SMALLEST_THRESHOLD, whole=True),
    "cost": _each(_at_least(0)),
    "no_system_outcomes": _text,
    "kind": _one_of(plans.KINDS),
    **dict.fromkeys(plans.SAID, _text),
    "primary_timepoints": _words,
    "analyses": _some_of(ANALYSES),
    "exposure": _at_least(1, whole=True),
    "approached": _each(_at_least(0, whole=True)),
    "complaints": _complaints,
    "system": _units,
    "synthetic": _truth,
    "not_in_pack": _not_in_pack,
    "calls_before": _each(_truth),
    "reversed": _each(lambda raw: raw),
    "range": _each(lambda raw: raw),
}
