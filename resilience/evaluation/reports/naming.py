"""What the platform's own codes are called, where the snapshot brings no words of its own for them."""

from datetime import date

from resilience import languages
from resilience.evaluation import approached
from resilience.evaluation.reports.words import Words
from resilience.evaluation.system_models import Thing
from resilience.participants.models import Why


def day(iso: str) -> str:
    """The day of a moment or a date of figures.json, written out."""
    return languages.day(date.fromisoformat(iso[:10]), "j F Y")


def reason(code: str, words: Words) -> str:
    """Why somebody said no, in the words that they tapped."""
    return _of(Why, code) or words.label("reason", code)


def outcome(key: str, words: Words) -> str:
    """An outcome of units."""
    return _of(Thing, key) or words.label("system", key)


def unit(name: str, words: Words) -> str:
    """A unit as it was told, unless the snapshot has another name for it."""
    return words.labels.get(f"unit:{name}") or name


def channel(key: str, words: Words) -> str:
    """A way of approaching people."""
    return str(approached.CHANNELS.get(key, "")) or words.label("channel", key)


def _of(choices, code: str) -> str:
    return str(choices(code).label) if code in choices.values else ""
