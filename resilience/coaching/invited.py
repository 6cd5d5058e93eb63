"""What a new coach is written: where to sign in, and nothing of what for."""

from datetime import datetime

from django.utils.translation import gettext as _

from resilience import languages
from resilience.coaching import making
from resilience.coaching.models import Coach
from resilience.messaging import mails, outbox
from resilience.messaging.models import Delivery, Outgoing

GONE = "no coach any more"


@outbox.handles(making.INVITED)
class Invited:
    """Wanted while they are a coach who can sign in."""

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is no longer wanted, or an empty string."""
        coaches = Coach.objects.filter(pk=row.target_id, is_active=True).exists()
        return "" if coaches and row.recipient and row.recipient.is_active else GONE

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what messaging.mails names, or outbox.Unwanted."""
        if row.recipient is None:
            raise outbox.Unwanted(GONE)
        words = _(
            "You were asked to join, and this address can sign in now. You get a code by e-mail, and set up a second "
            "step. What is to be done first stands on your own page:\n%(link)s"
        )
        body = words % {"link": languages.link("/coach/development/")}
        mails.send(to=row.recipient.email, subject=mails.INVITATION, body=body)
