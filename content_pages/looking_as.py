"""As whom an editor looks at a page before it is published: the modes of Wagtail's preview."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content_pages.tailoring import Tailored
from resilience.participants import about_you

NOBODY = ""
BETWEEN = ":"


def modes() -> list[tuple[str, str | Promise]]:
    """Return every mode with its name: nobody in particular, each profession, each level."""
    professions = [(code, name) for code, name in about_you.PROFESSIONS if code != about_you.PREFER_NOT]
    levels = [(BETWEEN + code, name) for code, name in about_you.LEVELS if code != about_you.PREFER_NOT]
    return [(NOBODY, _("Somebody whose work we do not know")), *professions, *levels]


def read(mode: str) -> Tailored:
    """Return as whom a mode looks; an unknown one is nobody in particular."""
    if mode not in dict(modes()):
        return Tailored()
    profession, _between, level = mode.partition(BETWEEN)
    return Tailored(profession=profession, level=level)
