"""The programme's own word for turning to somebody: a loaded one for many, so that each programme chooses.

The source (Jansen 2021) found that people speak of checking and consulting before they speak of asking for help.
Editors write `{ask}`, `{asked}`, `{asking}`, `{Ask}` or `{Asking}`; what a reader gets follows from the programme.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Wording(models.TextChoices):
    """Which word a programme uses."""

    ASKING = "ASKING", _("ask for help")
    CHECKING = "CHECKING", _("check")
    CONSULTING = "CONSULTING", _("consult")


WORDS = {
    Wording.ASKING: {"ask": _("ask for help"), "asked": _("asked for help"), "asking": _("asking for help")},
    Wording.CHECKING: {"ask": _("check"), "asked": _("checked"), "asking": _("checking")},
    Wording.CONSULTING: {"ask": _("consult"), "asked": _("consulted"), "asking": _("consulting")},
}


def put(text: str, wording: str) -> str:
    """Return the text with the programme's word in each place that its writer left for it."""
    if "{" not in text:
        return text
    for name, word in WORDS[wording].items():
        said = str(word)
        text = text.replace(f"{{{name}}}", said).replace(
            f"{{{name.capitalize()}}}", said[:1].upper() + said[1:]
        )
    return text
