"""Which group of a category the others are set against in a model: the commonest among the people in it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def note(models: Iterable[Figures], words: Words) -> list[str]:
    """One sentence that names the groups; none where no model holds a category."""
    found: dict[str, set[str]] = {}
    for model in models:
        for trait, group in (model.get("references") or {}).items():
            if group is not None:
                found.setdefault(trait, set()).add(words.label(trait, group))
    if not found:
        return []
    parts = [
        _("{characteristic}: {groups}").format(
            characteristic=words.label("characteristic", trait), groups=get_text_list(sorted(groups), _("or"))
        )
        for trait, groups in found.items()
    ]
    return [
        _("Groups are set against the commonest one in the model. {parts}.").format(parts="; ".join(parts))
    ]
