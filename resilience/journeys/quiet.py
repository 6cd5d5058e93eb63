"""People who have not been here for three weeks: one message, once, that nothing is late."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from resilience.engagement.models import ActivityCompletion, PageView
from resilience.messaging import outbox
from resilience.messaging.models import Channel, Outgoing
from resilience.participants.models import Enrolment, Kind, Readiness

COMING_BACK = "coming_back"
THREE_WEEKS = timedelta(weeks=3)
HALF_A_YEAR = timedelta(days=182)  # afterwards the questions are over too, and nobody waits to hear from us
AT_ONCE = 200


def write_once(*, now: datetime) -> int:
    """Plan the message for everybody who has gone quiet and was never sent it; return how many.

    Its row is kept for as long as somebody could be found quiet, so that they are never written to again.
    """
    found = _quiet(now=now).select_related("participant__user")[:AT_ONCE]
    for enrolment in found:
        outbox.plan(
            key=f"{COMING_BACK}:{enrolment.pk}", kind=COMING_BACK, channel=Channel.EMAIL,
            recipient=enrolment.participant.user, target_id=enrolment.pk, due_at=now,
            not_after=enrolment.joined_at + HALF_A_YEAR,
        )  # fmt: skip
    return len(found)


def is_quiet(enrolment: Enrolment, *, now: datetime) -> bool:
    """Return whether somebody is still away at this moment."""
    return _away(now=now).filter(pk=enrolment.pk).exists()


def _quiet(*, now: datetime) -> QuerySet[Enrolment]:
    told = Outgoing.objects.filter(kind=COMING_BACK, target_id=OuterRef("pk"))
    return _away(now=now).exclude(Exists(told))


def _away(*, now: datetime) -> QuerySet[Enrolment]:
    """Return those under way who did nothing here for three weeks; never the paused, the finished, the "not now".

    Nor those of a waiting list, who would be told to come back to what is not open yet.
    """
    since = now - THREE_WEEKS
    under_way = Enrolment.objects.filter(
        Q(paused_until=None) | Q(paused_until__lte=since),
        withdrawn_at=None,
        modules_done_at=None,
        joined_at__range=(now - HALF_A_YEAR, since),
        cohort__programme__is_synthetic=False,
    ).exclude(Q(readiness=Readiness.NOT_NOW) | Q(allocation__arm__kind=Kind.WAITING))
    seen = PageView.objects.filter(enrolment=OuterRef("pk"), at__gt=since)
    done = ActivityCompletion.objects.filter(enrolment=OuterRef("pk"), at__gt=since)
    lately = Q(participant__user__last_login__gt=since)
    return under_way.exclude(lately).filter(~Exists(seen), ~Exists(done))
