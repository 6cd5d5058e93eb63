"""How somebody who was drawn is asked for an interview: one neutral e-mail, looked at again at that moment."""

from datetime import datetime

from django.utils.translation import gettext as _

from resilience import languages
from resilience.evaluation.interviews import inviting
from resilience.evaluation.models import InterviewReply
from resilience.messaging import mails, outbox, quiet
from resilience.messaging.models import Delivery, Outgoing
from resilience.participants import consent, contact
from resilience.participants.models import Enrolment, Purpose

GONE, NOT_AGREED, ANSWERED, QUIET = "gone", "not agreed to", "answered", "quiet hours"


def _find(row: Outgoing) -> Enrolment | None:
    found = Enrolment.objects.filter(pk=row.target_id)
    return found.select_related("participant__user", "cohort__programme", "respondent").first()


def _address(row: Outgoing, *, now: datetime) -> str:
    """Return where to write to. Raises outbox.Held for what ends again, outbox.Unwanted for what does not."""
    person = _find(row)
    if person is None or not person.participant.user.is_active:
        raise outbox.Unwanted(GONE)
    if not consent.given(person, Purpose.INTERVIEW):
        raise outbox.Unwanted(NOT_AGREED)
    if InterviewReply.objects.filter(enrolment=person).exists():
        raise outbox.Unwanted(ANSWERED)
    try:
        return contact.email(person, now=now)
    except contact.NotReachable as refused:
        if str(refused) not in contact.FOR_A_WHILE:
            raise
        ends = person.paused_until
        until = ends if ends is not None and ends > now else row.not_after
        raise outbox.Held(str(refused), until=until) from None


def _awake(row: Outgoing, *, now: datetime) -> None:
    """Do nothing outside quiet hours. Raises outbox.Held in them."""
    participant = _find(row).participant
    nights = participant.nights_until is not None and now < participant.nights_until
    awake = quiet.after(now, zone=participant.time_zone, on_nights=nights)
    if awake > now:
        raise outbox.Held(QUIET, until=awake)


@outbox.handles(inviting.INVITATION)
class InterviewInvitation:
    """Somebody who was drawn is asked, once."""

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is no longer wanted, or an empty string. Raises outbox.Held while it has to wait."""
        try:
            _address(row, now=now)
        except outbox.Unwanted as why:
            return str(why)[:60]
        _awake(row, now=now)
        return ""

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what messaging.mails names, outbox.Unwanted or outbox.Held."""
        to = _address(row, now=now)  # they may have stopped, or taken it back, within this very second
        body = _(
            "You said that we may ask you once to talk with us about how this was for you. This is that question. "
            "Say yes or no here, in one tap:\n%(link)s\n\nEither is fine, and we do not ask again."
        )
        mails.send(to=to, subject=mails.A_QUESTION, body=body % {"link": languages.link("/my/interview/")})
