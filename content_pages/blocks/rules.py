"""What a writer is asked to put right in a block, said beside the box that it stands in."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StructBlock, StructBlockValidationError

FEWEST = {"choice": 2, "ticks": 1}  # a single box may be ticked or left
LOWEST, HIGHEST = 0, 10
KEEPS_WORDS = {"Y", "S"}  # elsewhere doing it is enough, and there may be nothing to write

Faults = dict[str, str]


class Ruled(StructBlock):
    """A block with a rule of its own, which holds for what is published; a draft may be unfinished."""

    rule: ClassVar[Callable[..., Faults]]

    def clean(self, value: object) -> object:
        """Return what was typed. Raises StructBlockValidationError, with the words beside each box."""
        cleaned = super().clean(value)
        faults = {} if self.is_deferred_validation else type(self).rule(cleaned)
        if faults:
            raise StructBlockValidationError({name: ValidationError(words) for name, words in faults.items()})
        return cleaned

    class Meta:
        abstract = True


def prompt(value: Mapping[str, object]) -> Faults:
    """Return what is wrong with a question of an exercise."""
    if value["input"] == "scale":
        low, high = value["low"], value["high"]
        return _scale(LOWEST if low is None else low, HIGHEST if high is None else high)
    fewest = 0 if value.get("counts") else FEWEST.get(value["input"], 0)
    return _to_choose_from(value["options"], fewest) if fewest else {}


def _scale(low: int, high: int) -> Faults:
    if low < high:
        return {}
    return {"high": _("The row of numbers goes up: write a number above %(low)d.") % {"low": low}}


def _to_choose_from(options: Iterable[str], fewest: int) -> Faults:
    written = [option.strip().lower() for option in options or () if option.strip()]
    if len(written) < fewest:
        one, more = _("Write at least one answer to tick."), _("Write at least two answers to choose from.")
        return {"options": one if fewest == 1 else more}
    if twice := _twice(written):
        return {"options": _("The answer “%(answer)s” stands here twice.") % {"answer": twice}}
    return {}


def exercise(value: Mapping[str, object]) -> Faults:
    """Return what is wrong with an exercise as a whole."""
    faults: Faults = {}
    if value["keeps"] in KEEPS_WORDS and not value["prompts"]:
        faults["prompts"] = _("Write at least one question, or choose that nothing is kept.")
    elif twice := _twice(each["key"] for each in value["prompts"]):
        faults["prompts"] = _("Two questions have the key “%(key)s”. Give each its own.") % {"key": twice}
    return faults | _counted(value) | _coming_back(value)


def _counted(value: Mapping[str, object]) -> Faults:
    counted = [prompt["counts"] for prompt in value["prompts"] if prompt.get("counts")]
    if _twice(counted):
        return {"prompts": _("Two questions count the same thing. Let one of them count nothing.")}
    if value["keeps"] == "N" and counted:
        return {"keeps": _("Something is counted here, so “nothing is kept” would not be true.")}
    return {}


def _coming_back(value: Mapping[str, object]) -> Faults:
    days = sum(prompt["input"] == "date" and not prompt.get("counts") for prompt in value["prompts"])
    if days > 1:
        return {"prompts": _("Two questions ask for a day. One exercise comes back on one day.")}
    if (days or value["revisit_after_days"]) and not value["revisit_question"]:
        return {"revisit_question": _("Write what is asked when this comes back.")}
    return {}


def keep(value: Mapping[str, object]) -> Faults:
    """Return what is wrong with one of the things to keep."""
    most = len(value["options"])
    if value["right"] >= most:
        words = _("There are answers 1 to %(most)d. Write which of them fits.")
        return {"right": words % {"most": most}}
    return _to_choose_from(value["options"], FEWEST["choice"])


def vignette(value: Mapping[str, object]) -> Faults:
    """Return what is wrong with a story: it is told once for each profession and level."""
    if twice := _twice(
        " ".join(filter(None, (each["profession"], each["level"]))) for each in value["versions"]
    ):
        words = _("Two versions are for the same people (%(profession)s). Keep one of them.")
        return {"versions": words % {"profession": twice}}
    return {}


def version(value: Mapping[str, object]) -> Faults:
    """Return what is wrong with a version: whoever read it reads it again one day."""
    if value["reviewed_by"] and not value["review_on"]:
        return {"review_on": _("Write when it is to be read again, a year from now at the latest.")}
    return {}


def _twice(values: Iterable[str]) -> str:
    return next((value for value, times in Counter(values).items() if times > 1 and value), "")
