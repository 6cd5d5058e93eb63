"""How many people were approached to take part, by channel: told before the plan is frozen, or after."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.evaluation.models import Evaluation

CHANNELS = {
    "email": _("By e-mail"),
    "letter": _("By letter"),
    "poster": _("By a poster or a screen"),
    "meeting": _("At a meeting"),
    "person": _("In person, one by one"),
    "other": _("In another way"),
}


@transaction.atomic
def tell(*, evaluation: Evaluation, numbers: Mapping[str, int], by: User, now: datetime) -> None:
    """Keep how many were approached by each of these channels; one without a number was not told of."""
    others = {channel: n for channel, n in evaluation.approached.items() if channel not in numbers}
    told = others | {channel: n for channel, n in numbers.items() if n is not None}
    if told == evaluation.approached:
        return
    evaluation.approached = told
    evaluation.save(update_fields=["approached"])
    trail.record(events.APPROACHED_TOLD, at=now, target=evaluation, by=by, people=sum(told.values()))
