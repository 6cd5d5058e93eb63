"""Coaches' hours, bookings, calls and what came of them."""

from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "resilience.coaching"
    label = "coaching"

    def ready(self) -> None:
        """Listen to the replies to our texts, and say how coaches are written to and what we ask is sent."""
        from resilience.coaching import asking, invited, replies, talking_over_mail  # noqa: F401 - decorators register
