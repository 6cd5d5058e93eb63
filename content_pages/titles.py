"""What the meetings and parts of a programme are called: time points name them by their keys."""

from content_pages import outline
from resilience.engagement.models import LiveSession
from resilience.participants.models import Programme


def of(programme: Programme) -> dict[str, dict[str, str]]:
    """Return the titles of `sessions` by the word that their dates share, and of `parts` by their key, in order."""
    return {"sessions": _sessions(programme), "parts": _parts(programme)}


def _sessions(programme: Programme) -> dict[str, str]:
    found = LiveSession.objects.filter(programme=programme, called_off_at=None).order_by("-starts_at")
    return dict(found.values_list("about", "title"))


def _parts(programme: Programme) -> dict[str, str]:
    found = outline.read(programme.slug, wording=programme.wording)
    return {each.key.hex: each.title for each in found.modules} if found else {}
