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


class _OneLetter:
    """An e-mail to one person: looked at again at that moment, then written."""

    reach = staticmethod(contact.email)

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is no longer wanted, or an empty string."""
        enrolment = _enrolment(row)
        if enrolment is None:
            return GONE
        if why := self.why_not(enrolment, now=now):
            return why
        try:
            self.reach(enrolment, now=now)
        except contact.NotReachable as refused:
            return str(refused)[:60]
        return ""

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what messaging.mails names, or outbox.Unwanted."""
        enrolment = _enrolment(row)
        if enrolment is None:
            raise outbox.Unwanted(GONE)
        subject, body = self.words()
        mails.send(to=self.reach(enrolment, now=now), subject=subject, body=body)

    def why_not(self, enrolment: Enrolment, *, now: datetime) -> str:
        """Return what has changed since it was planned, or an empty string."""
        raise NotImplementedError

    def words(self) -> tuple[str, str]:
        """Return subject and body in the language that is spoken now."""
        raise NotImplementedError


@outbox.handles(joining.ASK_AGAIN)
class AskAgain(_OneLetter):
    """Writes once, on the date that somebody picked."""

    reach = staticmethod(contact.promised_email)

    def why_not(self, enrolment: Enrolment, *, now: datetime) -> str:
        """Return that somebody has chosen another way by now."""
        waits = enrolment.readiness == Readiness.NOT_NOW and enrolment.ask_again_on is not None
        return "" if waits else "has chosen another way"

    def words(self) -> tuple[str, str]:
        """Return subject and body."""
        body = _(
            "You asked us to write on this day. If now is a good time, go on here:\n%(link)s\n\n"
            "If not, do nothing. We do not write again about this."
        ) % {"link": languages.link("/join/readiness/")}
        return _("You asked us to write"), body


@outbox.handles(quiet.COMING_BACK)
class ComingBack(_OneLetter):
    """Says once, to somebody who has been away for three weeks, that nothing is late."""

    def why_not(self, enrolment: Enrolment, *, now: datetime) -> str:
        """Return that somebody has been here again."""
        return "" if quiet.is_quiet(enrolment, now=now) else "no longer away"

    def words(self) -> tuple[str, str]:
        """Return subject and body."""
        body = _(
            "Nothing is late. Everything is where you left it, and each piece takes ten minutes or less:\n%(link)s\n\n"
            "Would you rather pause for 2 weeks, for 4 weeks, or until you say?\n%(pause)s\n\n"
            "We write this once."
        ) % {"link": languages.link("/my/"), "pause": languages.link("/my/pause/")}
        return _("Nothing is late"), body


@outbox.handles(waited.WAIT_OVER)
class WaitIsOver(_OneLetter):
    """Says once that the parts are open now."""

    def why_not(self, enrolment: Enrolment, *, now: datetime) -> str:
        """Return that the list goes on after all."""
        return "" if waited.is_over(enrolment, now=now) else "still waits"

    def words(self) -> tuple[str, str]:
        """Return subject and body."""
        body = _(
            "It is open for you now, whenever you like:\n%(link)s\n\nThere is no need to hurry. We write this once."
        ) % {"link": languages.link("/my/")}
        return _("It is open for you now"), body


def _enrolment(row: Outgoing) -> Enrolment | None:
    return Enrolment.objects.filter(pk=row.target_id).select_related("participant__user").first()
