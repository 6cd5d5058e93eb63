"""How the owner of a route is told that it ends: without its words, which stand behind the sign-in."""

from datetime import datetime

from django.utils.translation import gettext as _

from resilience import languages
from resilience.messaging import mails, outbox
from resilience.messaging.models import Delivery, Outgoing
from resilience.organisations import expiring
from resilience.organisations.models import State, SupportRoute

RENEWED = "renewed or taken down"


class _Told:
    """Wanted while the version is the one that is shown, and its owner can still sign in."""

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is no longer wanted, or an empty string."""
        return "" if _route(row) and row.recipient and row.recipient.is_active else RENEWED

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what messaging.mails names, or outbox.Unwanted."""
        route = _route(row)
        if route is None or row.recipient is None:
            raise outbox.Unwanted(RENEWED)
        words = {
            "day": languages.day(route.expires_on, "j F Y"),
            "link": languages.link("/safeguarding/"),
        }
        mails.send(to=row.recipient.email, subject=self.subject(), body=self.body() % words)


@outbox.handles(expiring.ENDS_SOON)
class EndsSoon(_Told):
    """A month before."""

    def subject(self) -> str:
        """Return a subject that says nothing of what it is about."""
        return _("Something to check by a date")

    def body(self) -> str:
        """Return the words."""
        return _(
            "An entry that you keep is shown until %(day)s. Ring or open it to see that it still works. "
            "Then write its next version here, and ask a second person to publish it:\n%(link)s"
        )


@outbox.handles(expiring.HAS_ENDED)
class HasEnded(_Told):
    """On the first day on which it is not shown."""

    def subject(self) -> str:
        """Return a subject that says nothing of what it is about."""
        return _("Something is no longer shown")

    def body(self) -> str:
        """Return the words."""
        return _(
            "An entry that you keep was shown until %(day)s and is not shown any more. Those of the whole country "
            "stand in its place. Write its next version here, and ask a second person to publish it:\n%(link)s"
        )


def _route(row: Outgoing) -> SupportRoute | None:
    return SupportRoute.objects.filter(pk=row.target_id, state=State.PUBLISHED).first()
