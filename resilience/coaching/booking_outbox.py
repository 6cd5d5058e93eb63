"""How word of a free time is sent, and what takes a call out of the calendar once its participant is gone."""

from datetime import datetime

from django.utils.translation import gettext as _

from resilience import languages
from resilience.coaching import calendar_file, no_time, offers, parting
from resilience.coaching.booking_models import FreedTime, NoTime
from resilience.messaging import mails, outbox
from resilience.messaging.models import Delivery, Outgoing
from resilience.participants import contact

GONE = "gone"


@outbox.handles(no_time.TIME_FREE)
class TimeFree:
    """Says once that there are free times again."""

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is no longer wanted, or an empty string."""
        asked = _asked(row)
        if asked is None or not asked.tell_me:
            return GONE
        if not offers.standing(asked.enrolment, now=now).bookable:
            return "no longer looking"
        try:
            contact.promised_email(asked.enrolment, now=now)
        except contact.NotReachable as refused:
            return str(refused)[:60]
        return ""

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what messaging.mails names, or outbox.Unwanted."""
        asked = _asked(row)
        if asked is None:
            raise outbox.Unwanted(GONE)
        body = _("You asked us to write once there is a free time. Now there is:\n%(link)s") % {
            "link": languages.link("/calls/times/")
        }
        mails.send(to=contact.promised_email(asked.enrolment, now=now), subject=mails.APPOINTMENT, body=body)


def _asked(row: Outgoing) -> NoTime | None:
    related = ("enrolment__cohort__programme", "enrolment__participant__user")
    return NoTime.objects.select_related(*related).filter(pk=row.target_id).first()


@outbox.handles(parting.FREED)
class Freed:
    """Tells a coach that a call is off, where nothing else is known of it any more."""

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is no longer wanted, or an empty string."""
        return "" if FreedTime.objects.filter(pk=row.target_id).exists() else GONE

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what messaging.mails names, or outbox.Unwanted."""
        freed = FreedTime.objects.select_related("coach__user").filter(pk=row.target_id).first()
        if freed is None:
            raise outbox.Unwanted(GONE)
        to = freed.coach.user.email
        body = _("A call is cancelled. Your day:\n%(link)s") % {"link": languages.link("/coach/")}
        mails.send(
            to=to, subject=mails.APPOINTMENT_CHANGED, body=body,
            attachments=[calendar_file.cancelling(freed, attendee=to, now=now)],
        )  # fmt: skip
