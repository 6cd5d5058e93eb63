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
A_QUESTION = _("A question for you")
BEFORE_THIS_CLOSES = _("Before this closes on %(day)s")

PERMANENT = 500  # below it a server says "not now": many hold the first try of a sender they do not know


def send(*, to: str, subject: str, body: str, attachments: Iterable[tuple[str, str, str]] = ()) -> None:
    """Send one e-mail; `attachments` are (file name, content, type).

    Raises gateway.Refused where the address is refused for good and gateway.TryLater where the server is out of
    reach or says to come back.
    """
    message = EmailMessage(subject=str(subject), body=body, to=[to], attachments=list(attachments))
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        if all(code < PERMANENT for code, _words in refused.recipients.values()):
            raise gateway.TryLater(evidence="address not taken yet") from None
        raise gateway.Refused(gateway.Reason.UNREACHABLE, "address refused") from None
    except (smtplib.SMTPException, OSError) as error:
        raise gateway.TryLater(evidence=type(error).__name__) from None
