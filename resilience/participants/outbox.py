"""How the question whether a number is still right is sent."""

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

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is not wanted any more, or an empty string."""
        person = self._person(row)
        if person is None or not person.user.is_active:
            return "gone"
        return "" if person.phone and person.phone_doubted_at else "put right"

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send the e-mail. Raises outbox.Unwanted."""
        person = self._person(row)
        if person is None:
            raise outbox.Unwanted("gone")
        facts = {"number": numbers.masked(person.phone), "link": languages.link(PAGE)}
        body = render_to_string("participants/messages/number_doubted.txt", facts).strip()
        mails.send(to=person.user.email, subject=mails.A_QUESTION, body=body)

    def _person(self, row: Outgoing) -> Participant | None:
        return Participant.objects.select_related("user").filter(pk=row.target_id).first()
