"""The number that will ring, as a card for a telephone's contacts (vCard 3.0), under a name that the person picks."""

from django.conf import settings
from django.utils.translation import gettext as _

LONGEST = 40


def names() -> list[str]:
    """Return names that say nothing of what the call is about."""
    return [_("Appointment"), _("A colleague"), _("Call at the agreed time")]


def of(name: str) -> str:
    """Return the card under a name; one of ours where nothing is left of it."""
    shown = " ".join(name.split())[:LONGEST].strip() or names()[0]
    escaped = shown.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    lines = (
        "BEGIN:VCARD", "VERSION:3.0", f"N:{escaped};;;;", f"FN:{escaped}",
        f"TEL;TYPE=VOICE:{settings.TWILIO_NUMBER}", "END:VCARD",
    )  # fmt: skip
    return "\r\n".join(lines) + "\r\n"
