"""How the messages about a short page are sent: still wanted, then one neutral e-mail."""

from datetime import datetime

from django.utils.translation import gettext as _

from resilience import languages
from resilience.measures import contact_wishes, invitations
from resilience.measures.models import ContactWish, Occasion, PlannedMeasure
from resilience.measures.timepoints import questions_and_minutes
from resilience.messaging import mails, outbox
from resilience.messaging.models import Delivery, Outgoing
from resilience.participants import consent, contact
from resilience.participants.models import Enrolment, Purpose

GONE = "gone"


class _PageMessage:
    """A message about one time point of one enrolment; re-checked at the moment of sending."""

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is no longer wanted, or an empty string."""
        enrolment = _enrolment(row)
        if enrolment is None:
            return GONE
        try:
            contact.email(enrolment, now=now)
        except contact.NotReachable as refused:
            return str(refused)[:60]
        if not consent.given(enrolment, Purpose.EVALUATION):
            return "not in the evaluation"
        return "" if _open(row, enrolment, now=now) else "answered or closed"

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what messaging.mails names, or outbox.Unwanted."""
        enrolment = _enrolment(row)
        if enrolment is None:
            raise outbox.Unwanted(GONE)
        cells = PlannedMeasure.objects.filter(
            timepoint__programme=enrolment.cohort.programme_id, timepoint__position=row.version
        )
        minutes = questions_and_minutes(cells)[1]
        body = _(
            "A short page is ready for you, about %(minutes)s minutes:\n%(link)s\n\n"
            "You can leave any question out. Nothing is late."
        ) % {"minutes": minutes, "link": languages.link("/my/measures/")}
        mails.send(to=contact.email(enrolment, now=now), subject=mails.PAGE_READY, body=body)


@outbox.handles(invitations.READY)
class PageReady(_PageMessage):
    """The first word that a page is ready."""


@outbox.handles(invitations.REMINDER)
class PageReminder(_PageMessage):
    """One reminder, where nothing was answered yet."""


@outbox.handles(contact_wishes.WISH)
class SomebodyAsked:
    """Somebody asked to be contacted: who, stands behind the sign-in."""

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is no longer wanted, or an empty string."""
        waiting = ContactWish.objects.filter(pk=row.target_id, taken_at=None).exists()
        return "" if waiting and row.recipient and row.recipient.is_active else GONE

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what messaging.mails names, or outbox.Unwanted."""
        if row.recipient is None:
            raise outbox.Unwanted(GONE)
        body = _(
            "Somebody in a programme that you lead in asks to be contacted. Sign in to take it:\n%(link)s"
        )
        link = languages.link("/safeguarding/contact/")
        mails.send(
            to=row.recipient.email, subject=_("Somebody waits for an answer"), body=body % {"link": link}
        )


def _enrolment(row: Outgoing) -> Enrolment | None:
    found = Enrolment.objects.filter(pk=row.target_id).select_related("participant__user", "cohort")
    return found.first()


def _open(row: Outgoing, enrolment: Enrolment, *, now: datetime) -> bool:
    return Occasion.objects.filter(
        respondent=enrolment.respondent_id, timepoint__position=row.version, responses=None, closes_at__gt=now
    ).exists()
