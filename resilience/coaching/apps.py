"""Coaches' hours, bookings, calls and what came of them."""

from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "resilience.coaching"
    label = "coaching"

    def ready(self) -> None:
        """Listen to the replies to our texts; say how coaches are written to, what we ask is sent, who is busy."""
        from resilience.coaching import asking, invited, on_the_line, replies, talking_over_mail  # noqa: F401 - decorators register
