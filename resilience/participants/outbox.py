"""How the question for somebody's right number is sent."""

from datetime import datetime

from django.template.loader import render_to_string

from resilience import languages
from resilience.messaging import mails, outbox
from resilience.messaging.models import Delivery, Outgoing
from resilience.participants import numbers_of
from resilience.participants.models import Participant
from resilience.telephony import numbers

PAGE = "/calls/number/"  # where a number is looked at and changed


@outbox.handles(numbers_of.DOUBTED)
class NumberDoubted:
    """Asks once; not where the number was changed or confirmed since."""

    template = "number_doubted"

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is not wanted any more, or an empty string."""
        person = self._person(row)
        if person is None or not person.user.is_active:
            return "gone"
        return "" if self._open(person) else "put right"

    def _open(self, person: Participant) -> bool:
        return bool(person.phone and person.phone_doubted_at)

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send the e-mail. Raises outbox.Unwanted."""
        person = self._person(row)
        if person is None:
            raise outbox.Unwanted("gone")
        facts = {"number": person.phone and numbers.masked(person.phone), "link": languages.link(PAGE)}
        body = render_to_string(f"participants/messages/{self.template}.txt", facts).strip()
        mails.send(to=person.user.email, subject=mails.A_QUESTION, body=body)

    def _person(self, row: Outgoing) -> Participant | None:
        return Participant.objects.select_related("user").filter(pk=row.target_id).first()


@outbox.handles(numbers_of.WRONG)
class NumberWrong(NumberDoubted):
    """Asks for another number, where a stranger answered at theirs."""

    template = "number_wrong"

    def _open(self, person: Participant) -> bool:
        return not person.phone
