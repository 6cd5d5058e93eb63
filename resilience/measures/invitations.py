"""Tell people that a short page is ready and remind them of it: planned for all of them at once, in batches.

A page that has fallen due is an Occasion whose messages are not planned yet. Each message has one key, so that
planning twice, or by two workers, changes nothing; whether it is still wanted is decided when it is sent.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from resilience.measures import when_told
from resilience.measures.models import Anchor, Occasion, Response
from resilience.messaging import outbox
from resilience.messaging.models import Channel, Outgoing, State
from resilience.participants import contact
from resilience.participants.models import Enrolment, Programme

AT_ONCE = 1_000
BY_MAIL = ":mail"
MAY_HAVE_GONE = (State.SENT, State.UNKNOWN)

_enrolment, _programme = "respondent__enrolment", "timepoint__programme"
_person = f"{_enrolment}__participant"
READ = {
    "enrolment": F(f"{_enrolment}__pk"),
    "withdrawn_at": F(f"{_enrolment}__withdrawn_at"),
    "user": F(f"{_person}__user"),
    "zone": F(f"{_person}__time_zone"),
    "nights_until": F(f"{_person}__nights_until"),
    "key": F("timepoint__key"),
    "anchor": F("timepoint__anchor"),
    "offset_days": F("timepoint__offset_days"),
    "is_synthetic": F(f"{_programme}__is_synthetic"),
    "reminders": F(f"{_programme}__reminders"),
    "first": F(f"{_programme}__first_reminder_days"),
    "second": F(f"{_programme}__second_reminder_days"),
}


def plan_due(*, now: datetime, respondent: UUID | None = None) -> int:
    """Plan the messages of every page that has fallen due and was not planned yet; return how many.

    With `respondent` only of that person's. A thousand pages at a time, each lot in one transaction with the mark
    that says so: a worker that is stopped half way leaves the rest to the next.
    """
    planned, more = 0, True
    while more:
        batch = list(_unplanned(now=now, respondent=respondent)[:AT_ONCE])
        planned += _plan(batch, now=now)
        more = len(batch) == AT_ONCE
    return planned


def _unplanned(*, now: datetime, respondent: UUID | None) -> QuerySet:
    waiting = Occasion.objects.filter(planned_at=None, due_at__lte=now)
    if respondent is not None:
        waiting = waiting.filter(respondent=respondent)
    answered = Response.objects.filter(occasion=OuterRef("pk"), corrects=None)
    read = waiting.annotate(answered=Exists(answered), texts=contact.takes_texts(_enrolment), **READ)
    return read.values_list("pk", "closes_at", "answered", "texts", *READ, named=True)


@transaction.atomic
def _plan(batch: list, *, now: datetime) -> int:
    if not batch:
        return 0
    open_now = (row for row in batch if _is_to_be_told(row, now=now))
    sittings = {(row.enrolment, row.key): row for row in open_now}
    rows = [row for sitting in sittings.values() for row in _rows(sitting, now=now)]
    outbox.plan_many(rows)
    Occasion.objects.filter(pk__in=[row.pk for row in batch]).update(planned_at=now)
    return len(rows)


def _is_to_be_told(row: object, *, now: datetime) -> bool:
    stays = row.enrolment is not None and row.withdrawn_at is None and not row.is_synthetic
    return stays and not row.answered and row.closes_at > now


def _rows(sitting: object, *, now: datetime) -> Iterator[Outgoing]:
    told = when_told.plan(
        due_at=now,
        closes_at=sitting.closes_at,
        first_word=not (sitting.anchor == Anchor.ENROLMENT and sitting.offset_days == 0),
        reminder_days=(sitting.first, sitting.second)[: sitting.reminders],
        hours=when_told.Hours(sitting.zone, sitting.nights_until),
    )
    for each in told:
        yield Outgoing(
            key=f"{each.kind}:{sitting.enrolment}:{sitting.key}",
            kind=each.kind,
            channel=Channel.SMS if sitting.texts else Channel.EMAIL,
            recipient_id=sitting.user,
            target_id=sitting.enrolment,
            version=each.number,
            due_at=each.at,
            not_after=sitting.closes_at,
        )


def plan_by_mail(row: Outgoing, *, now: datetime) -> None:
    """Plan the e-mail that stands in for a text which cannot be sent."""
    instead = Outgoing(
        key=row.key + BY_MAIL, kind=row.kind, channel=Channel.EMAIL, recipient_id=row.recipient_id,
        target_id=row.target_id, version=row.version, due_at=now, not_after=row.not_after,
    )  # fmt: skip
    outbox.plan_many([instead])


def may_become_a_text(row: Outgoing) -> bool:
    """Return whether a message was planned as an e-mail for want of a number, and not in place of a text."""
    return row.channel == Channel.EMAIL and not row.key.endswith(BY_MAIL)


def timepoint_of(row: Outgoing) -> str:
    """Return the key of the time point that a message is about."""
    return row.key.removesuffix(BY_MAIL).rsplit(":", 1)[1]


def sent_before(row: Outgoing) -> tuple[int, datetime] | None:
    """Return the number of the message about the same page that went out last, and when; None where none did."""
    about = [
        f"{kind}:{row.target_id}:{timepoint_of(row)}{how}"
        for kind in when_told.KINDS
        for how in ("", BY_MAIL)
    ]
    went = Outgoing.objects.filter(key__in=about, state__in=MAY_HAVE_GONE, version__lt=row.version)
    return went.order_by("-settled_at").values_list("version", "settled_at").first()


def take_up(*, enrolment: Enrolment, now: datetime) -> int:
    """Look again at what a pause held back, now that it is over; return how many messages. Each keeps its window."""
    held = Outgoing.objects.filter(
        target_id=enrolment.pk, kind__in=when_told.KINDS, state=State.DUE, due_at__gt=now
    )
    return held.filter(reason__in=contact.FOR_A_WHILE).update(due_at=now, reason="")


def days_of(programme: Programme) -> tuple[int, ...]:
    """Return after how many days a programme reminds, for each of its reminders."""
    return (programme.first_reminder_days, programme.second_reminder_days)[: programme.reminders]
