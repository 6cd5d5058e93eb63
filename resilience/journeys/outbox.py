"""How the one message after "not now" is sent, the one after a waiting list, and the one to somebody who was away."""

from datetime import datetime

from django.utils.translation import gettext as _

from resilience import languages
from resilience.journeys import joining, quiet, waited
from resilience.messaging import mails, outbox
from resilience.messaging.models import Delivery, Outgoing
from resilience.participants import contact
from resilience.participants.models import Enrolment, Readiness

GONE = "gone"


@outbox.handles(joining.ASK_AGAIN)
class AskAgain:
    """Writes once, on the date that somebody picked."""

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is no longer wanted, or an empty string."""
        enrolment = _enrolment(row)
        if enrolment is None:
            return GONE
        if enrolment.readiness != Readiness.NOT_NOW or enrolment.ask_again_on is None:
            return "has chosen another way"
        try:
            contact.promised_email(enrolment, now=now)
        except contact.NotReachable as refused:
            return str(refused)[:60]
        return ""

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what messaging.mails names, or outbox.Unwanted."""
        enrolment = _enrolment(row)
        if enrolment is None:
            raise outbox.Unwanted(GONE)
        body = _(
            "You asked us to write on this day. If now is a good time, go on here:\n%(link)s\n\n"
            "If not, do nothing. We do not write again about this."
        ) % {"link": languages.link("/join/readiness/")}
        mails.send(
            to=contact.promised_email(enrolment, now=now), subject=_("You asked us to write"), body=body
        )


@outbox.handles(quiet.COMING_BACK)
class ComingBack:
    """Says once, to somebody who has been away for three weeks, that nothing is late."""

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is no longer wanted, or an empty string."""
        enrolment = _enrolment(row)
        if enrolment is None:
            return GONE
        if not quiet.is_quiet(enrolment, now=now):
            return "no longer away"
        try:
            contact.email(enrolment, now=now)
        except contact.NotReachable as refused:
            return str(refused)[:60]
        return ""

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what messaging.mails names, or outbox.Unwanted."""
        enrolment = _enrolment(row)
        if enrolment is None:
            raise outbox.Unwanted(GONE)
        body = _(
            "Nothing is late. Everything is where you left it, and each piece takes ten minutes or less:\n%(link)s\n\n"
            "Would you rather pause for 2 weeks, for 4 weeks, or until you say?\n%(pause)s\n\n"
            "We write this once."
        ) % {"link": languages.link("/my/"), "pause": languages.link("/my/pause/")}
        mails.send(to=contact.email(enrolment, now=now), subject=_("Nothing is late"), body=body)


@outbox.handles(waited.WAIT_OVER)
class WaitIsOver:
    """Says once that the parts are open now."""

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is no longer wanted, or an empty string."""
        enrolment = _enrolment(row)
        if enrolment is None:
            return GONE
        if not waited.is_over(enrolment, now=now):
            return "still waits"
        try:
            contact.email(enrolment, now=now)
        except contact.NotReachable as refused:
            return str(refused)[:60]
        return ""

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what messaging.mails names, or outbox.Unwanted."""
        enrolment = _enrolment(row)
        if enrolment is None:
            raise outbox.Unwanted(GONE)
        body = _(
            "It is open for you now, whenever you like:\n%(link)s\n\nThere is no need to hurry. We write this once."
        ) % {"link": languages.link("/my/")}
        mails.send(to=contact.email(enrolment, now=now), subject=_("It is open for you now"), body=body)


def _enrolment(row: Outgoing) -> Enrolment | None:
    return Enrolment.objects.filter(pk=row.target_id).select_related("participant__user").first()
