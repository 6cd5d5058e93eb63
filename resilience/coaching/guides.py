"""What a programme says of its calls."""

from collections.abc import Mapping, Sequence

from resilience.coaching.models import CallGuide
from resilience.participants.models import Programme


def load(*, programme: Programme, role: str, guidance: str, calls: Sequence[Mapping]) -> CallGuide:
    """Keep the guide of a programme in place of an older one; `role` and `guidance` are HTML of our own."""
    words = {"role": role.strip(), "guidance": guidance.strip(), "calls": list(calls)}
    guide, _fresh = CallGuide.objects.update_or_create(programme=programme, defaults=words)
    return guide


def of(programme: Programme) -> CallGuide:
    """Return the guide of a programme; an empty one where none was loaded."""
    return CallGuide.objects.filter(programme=programme).first() or CallGuide(programme=programme)


def of_call(programme: Programme, number: int) -> Mapping:
    """Return title and stages of somebody's first, second, ... call; the last one serves for those after it."""
    calls = of(programme).calls
    return calls[min(number, len(calls)) - 1] if calls else {}
