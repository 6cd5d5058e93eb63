"""People whose waiting list has ended: one message, once, that their parts are open."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from resilience.measures import waiting
from resilience.measures.models import Occasion
from resilience.messaging import outbox
from resilience.messaging.models import Channel, Outgoing
from resilience.participants.models import Arm, Enrolment, Kind

WAIT_OVER = "wait_over"
OF_USE, A_DAY = timedelta(weeks=2), timedelta(days=1)
AT_ONCE = 200


def write_once(*, now: datetime) -> int:
    """Plan the message for everybody whose list ended in the last two weeks and who was not told; return how many."""
    found = [each for each in _over(now=now)[:AT_ONCE] if is_over(each, now=now)]
    for enrolment in found:
        outbox.plan(
            key=f"{WAIT_OVER}:{enrolment.pk}", kind=WAIT_OVER, channel=Channel.EMAIL,
            recipient=enrolment.participant.user, target_id=enrolment.pk, due_at=now, not_after=now + OF_USE,
        )  # fmt: skip
    return len(found)


def is_over(enrolment: Enrolment, *, now: datetime) -> bool:
    """Return whether somebody's parts are open, as their own page says it."""
    return waiting.of(enrolment, now=now) is None


def _over(*, now: datetime) -> QuerySet[Enrolment]:
    """Return those who may be over by now: a day early, as days end where a person lives."""
    told = Outgoing.objects.filter(kind=WAIT_OVER, target_id=OuterRef("pk"))
    found = Enrolment.objects.filter(withdrawn_at=None, cohort__programme__is_synthetic=False)
    ended = Q(pk__in=[])
    for arm in Arm.objects.filter(kind=Kind.WAITING):
        ended |= Q(allocation__arm=arm) & (
            _by_weeks(arm, now=now) if arm.weeks else _by_questions(arm, now=now)
        )
    return (
        found.filter(ended)
        .exclude(Exists(told))
        .select_related("participant__user", "cohort__programme", "allocation__arm")
    )


def _by_weeks(arm: Arm, *, now: datetime) -> Q:
    begun = now - timedelta(weeks=arm.weeks)
    return Q(allocation__at__range=(begun - OF_USE, begun + A_DAY))


def _by_questions(arm: Arm, *, now: datetime) -> Q:
    asked = Occasion.objects.filter(
        respondent=OuterRef("respondent"), timepoint__key=arm.timepoint, timepoint__programme=arm.programme_id
    )
    span = (now - OF_USE, now)
    return Q(Exists(asked.filter(Q(closes_at__range=span) | Q(responses__submitted_at__range=span))))
