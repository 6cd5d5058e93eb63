"""How a coach's wish for a talk is sent: one e-mail, which names the coach and nobody else."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from resilience.coaching import talking_over
from resilience.coaching.models import Coach, CoachWish
from resilience.messaging import mails, outbox
from resilience.messaging.models import Delivery, Outgoing
from resilience.participants import backing
from resilience.telephony import numbers

SUBJECT = _("A coach asks for a talk")
GONE = "gone"


class _ForATalk:
    """An e-mail about a wish that still stands."""

    template = ""

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is not wanted any more, or an empty string."""
        wish = _wish(row)
        return "" if wish is not None and self._address(row, wish) else GONE

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what messaging.mails names, or outbox.Unwanted."""
        wish = _wish(row)
        to = wish and self._address(row, wish)
        if not to:
            raise outbox.Unwanted(GONE)
        words = render_to_string(f"coaching/messages/{self.template}.txt", self._facts(wish.coach))
        mails.send(to=to, subject=SUBJECT, body=words.strip())

    def _facts(self, coach: Coach) -> dict[str, str]:
        return {"coach": coach.shown_name, "address": coach.user.email}

    def _address(self, row: Outgoing, wish: CoachWish) -> str:
        return row.recipient.email if row.recipient else ""


@outbox.handles(talking_over.SUPERVISOR)
class ForTheSupervisor(_ForATalk):
    """To the coaches' supervisor of the programme."""

    template = "talk_over_mail"

    def _address(self, row: Outgoing, wish: CoachWish) -> str:
        found = backing.of(wish.programme)
        return found.supervisor_email if found else ""


@outbox.handles(talking_over.LEAD)
class ForALead(_ForATalk):
    """To each lead who stands by."""

    template = "worried_mail"

    def _facts(self, coach: Coach) -> dict[str, str]:
        return super()._facts(coach) | {"phone": numbers.shown(coach.phone)}


def _wish(row: Outgoing) -> CoachWish | None:
    return CoachWish.objects.select_related("coach__user", "programme").filter(pk=row.target_id).first()
