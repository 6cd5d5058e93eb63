"""The outgoing e-mail of the demonstration, read back from `var/mail/`."""

import email
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings

MOST = 40


@dataclass(frozen=True)
class Mail:
    """One message as a reader sees it."""

    name: str
    to: str
    subject: str
    at: datetime | None
    body: str
    attached: tuple[str, ...]


def folder() -> Path:
    """Return where the messages lie."""
    return Path(settings.VAR_DIR) / "mail"


def newest() -> list[Mail]:
    """Return the newest messages, the newest first."""
    files = sorted(folder().glob("*.eml"), reverse=True)[:MOST]
    return [_read(file) for file in files]


def file_of(name: str) -> Path | None:
    """Return the file of a message, or None where there is none of that name."""
    path = folder() / name
    return path if path.suffix == ".eml" and path.parent == folder() and path.is_file() else None


def _read(file: Path) -> Mail:
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    body = message.get_body(("plain", "html"))
    return Mail(
        name=file.name,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        at=_moment(file.name),
        body=body.get_content().strip() if body is not None else "",
        attached=tuple(_attachments(message)),
    )


def _attachments(message: EmailMessage) -> list[str]:
    return [part.get_filename() or "attachment" for part in message.iter_attachments()]


def _moment(name: str) -> datetime | None:
    try:
        return datetime.strptime(name.split("-")[0], "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
    except ValueError:
        return None
