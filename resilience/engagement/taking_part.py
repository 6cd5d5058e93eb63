"""Nothing is recorded for somebody who has stopped."""

from resilience.participants.models import Enrolment


class Stopped(Exception):
    """This person has stopped taking part: nothing more is recorded."""


def require(enrolment: Enrolment) -> None:
    """Let somebody who takes part through. Raises Stopped."""
    if enrolment.withdrawn_at is not None:
        raise Stopped


def lock(enrolment: Enrolment) -> Enrolment:
    """Lock an enrolment and return it as it is now: whoever stops locks it too."""
    return Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment.pk)
