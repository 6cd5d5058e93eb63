"""What somebody agreed to: the newest record of each purpose stands."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.participants.models import ConsentForm, ConsentRecord, Enrolment, Purpose


class NotConsented(Exception):
    """The person has not agreed to this purpose, or has taken it back."""


def given(enrolment: Enrolment, purpose: str) -> bool:
    """Return whether the purpose is agreed to now."""
    newest = ConsentRecord.objects.filter(enrolment=enrolment, purpose=purpose).order_by("-at")
    return bool(newest.values_list("given", flat=True).first())


def standing(enrolment: Enrolment) -> dict[str, bool]:
    """Return every purpose with whether it is agreed to now."""
    found = ConsentRecord.objects.filter(enrolment=enrolment).order_by("at").values_list("purpose", "given")
    return {purpose: False for purpose in Purpose.values} | dict(found)


def require(enrolment: Enrolment, purpose: str) -> None:
    """Do nothing where the purpose is agreed to. Raises NotConsented."""
    if not given(enrolment, purpose):
        raise NotConsented(purpose)


@transaction.atomic
def record(*, enrolment: Enrolment, form: ConsentForm, given: Iterable[str], by: User, now: datetime) -> None:
    """Write one record for each purpose whose answer is new or has changed; what is not in `given` is a no."""
    agreed, before = set(given), dict(
        ConsentRecord.objects.filter(enrolment=enrolment).order_by("at").values_list("purpose", "given")
    )
    fresh = [
        ConsentRecord(enrolment=enrolment, form=form, purpose=purpose, given=purpose in agreed, at=now)
        for purpose in Purpose.values
        if before.get(purpose) != (purpose in agreed)
    ]
    ConsentRecord.objects.bulk_create(fresh)
    trail.record(events.CONSENT_RECORDED, at=now, target=enrolment, by=by, version=form.version)
