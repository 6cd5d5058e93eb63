"""Pages that an editor set to appear or to go at a time."""

from django.core.management import call_command


def publish_due() -> None:
    """Publish what is due and take down what has expired; run twice, it does no more."""
    call_command("publish_scheduled")
