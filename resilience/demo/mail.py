"""Outgoing e-mail of the demonstration: one `.eml` file each below `var/mail/`.

An address that ends in `.invalid` is refused for good, as a mail server refuses one that is gone (RFC 2606).
"""

import smtplib
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from resilience import clock

GONE = ".invalid"


class FileBackend(BaseEmailBackend):
    """Writes each message to a file named by the moment it was sent."""

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        """Write the messages; return how many. Raises SMTPRecipientsRefused for an address that is gone."""
        refused = [to for message in email_messages for to in message.to if to.endswith(GONE)]
        if refused:
            raise smtplib.SMTPRecipientsRefused(dict.fromkeys(refused, (550, b"no such mailbox")))
        folder = Path(settings.VAR_DIR) / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        for number, message in enumerate(email_messages):
            name = f"{clock.now():%Y%m%dT%H%M%S.%f}-{number}.eml"
            (folder / name).write_bytes(message.message().as_bytes())
        return len(email_messages)
