"""E-mail: plain text, neutral subjects, no names."""

import smtplib
from collections.abc import Iterable

from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from resilience.telephony import gateway

INVITATION = _("An invitation")
CODE = _("Your sign-in code")
APPOINTMENT = _("Your appointment")
APPOINTMENT_CHANGED = _("Your appointment has changed")
PAGE_READY = _("A short page is ready")


def send(*, to: str, subject: str, body: str, attachments: Iterable[tuple[str, str, str]] = ()) -> None:
    """Send one e-mail; `attachments` are (file name, content, type).

    Raises gateway.Refused where the address is refused and gateway.TryLater where the server is out of reach.
    """
    message = EmailMessage(subject=str(subject), body=body, to=[to], attachments=list(attachments))
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused:
        raise gateway.Refused(gateway.Reason.UNREACHABLE, "address refused") from None
    except (smtplib.SMTPException, OSError) as error:
        raise gateway.TryLater(evidence=type(error).__name__) from None
