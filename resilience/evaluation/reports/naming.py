"""What the platform's own codes are called, where the snapshot brings no words of its own for them."""

from resilience.evaluation.reports.words import Words
from resilience.evaluation.system_models import Thing
from resilience.participants.models import Why


def reason(code: str, words: Words) -> str:
    """Why somebody said no, in the words that they tapped."""
    return _of(Why, code) or words.label("reason", code)


def outcome(key: str, words: Words) -> str:
    """An outcome of units."""
    return _of(Thing, key) or words.label("system", key)


def _of(choices, code: str) -> str:
    return str(choices(code).label) if code in choices.values else ""
