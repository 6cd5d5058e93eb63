"""Write to people who were drawn, once; and keep what they say."""

from datetime import datetime, timedelta

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.evaluation.models import InterviewDraw, InterviewPick, InterviewReply, InterviewsInvited
from resilience.messaging import outbox
from resilience.messaging.models import Channel, Outgoing
from resilience.participants import consent
from resilience.participants.models import Enrolment, Programme, Purpose

INVITATION = "interview_invitation"
FOUR_WEEKS = timedelta(weeks=4)


class InvitedAlready(Exception):
    """The people of this draw were written to; nobody is asked twice."""


class Stopped(Exception):
    """The person has stopped taking part; nothing is stored."""


@transaction.atomic
def invite(*, draw: InterviewDraw, by: User, now: datetime) -> int:
    """Write to the people of a draw who still take part; return how many. Raises InvitedAlready."""
    InterviewDraw.objects.select_for_update().get(pk=draw.pk)
    if InterviewsInvited.objects.filter(draw=draw).exists():
        raise InvitedAlready
    InterviewsInvited.objects.create(draw=draw, invited_by=by.pk, invited_at=now)
    people = Enrolment.objects.filter(respondent__interview_pick__draw=draw, withdrawn_at=None)
    rows = [
        Outgoing(
            key=f"{INVITATION}:{person.pk}", kind=INVITATION, channel=Channel.EMAIL,
            recipient=person.participant.user, target_id=person.pk, due_at=now, not_after=now + FOUR_WEEKS,
        )
        for person in people.select_related("participant__user")
    ]  # fmt: skip
    outbox.plan_many(rows)
    trail.record(events.INTERVIEWS_INVITED, at=now, target=draw, by=by, invited=len(rows))
    return len(rows)


def asked(user: User) -> InterviewPick | None:
    """Return the invitation that waits for somebody, else the newest that they answered; None where none does."""
    mine = InterviewPick.objects.filter(
        respondent__enrolment__participant__user=user, draw__invited__isnull=False
    ).select_related(
        "draw",
        "reply",
        "respondent__enrolment__cohort__programme",
        "respondent__enrolment__participant__user",
    )
    standing = [pick for pick in mine if consent.given(pick.respondent.enrolment, Purpose.INTERVIEW)]
    ordered = sorted(standing, key=lambda pick: (hasattr(pick, "reply"), -pick.draw.number))
    return ordered[0] if ordered else None


@transaction.atomic
def reply(*, pick: InterviewPick, yes: bool, reach: str, by: User, now: datetime) -> InterviewReply:
    """Keep yes or no in place of what was said before; how to reach somebody is kept of a yes alone. Raises Stopped."""
    enrolment = Enrolment.objects.select_for_update().get(pk=pick.respondent.enrolment.pk)
    if enrolment.withdrawn_at is not None:
        raise Stopped
    kept = InterviewReply.objects.filter(pick=pick).first() or InterviewReply(pick=pick)
    kept.enrolment, kept.yes, kept.said_at = pick.respondent.enrolment, yes, now
    kept.reach = reach.strip() if yes else ""
    kept.save()
    trail.record(events.INTERVIEW_ANSWERED, at=now, target=enrolment, by=by)
    return kept


def said_yes(programme: Programme) -> list[InterviewReply]:
    """Return who said yes and may still be asked, by the name of the interview."""
    found = InterviewReply.objects.filter(
        yes=True, pick__draw__evaluation__programme=programme, enrolment__withdrawn_at=None
    ).select_related("pick__draw", "enrolment__participant__user__data_key")
    replies = found.order_by("pick__draw__number", "pick__place")
    return [each for each in replies if consent.given(each.enrolment, Purpose.INTERVIEW)]
