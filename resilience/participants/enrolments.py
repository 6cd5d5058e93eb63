"""Find somebody's enrolment."""

from resilience.accounts.models import User
from resilience.participants.models import Enrolment


def current(user: User) -> Enrolment | None:
    """Return the enrolment that a person's pages are about: the newest that they have not left, else the newest."""
    found = Enrolment.objects.filter(participant__user=user).select_related(
        "cohort__programme__organisation", "participant__user", "respondent"
    )
    mine = sorted(found, key=lambda each: (each.withdrawn_at is None, each.joined_at))
    return mine[-1] if mine else None
