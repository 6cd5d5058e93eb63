"""Coaches' hours, bookings, calls and what came of them."""

from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "resilience.coaching"
    label = "coaching"

    def ready(self) -> None:
        """Listen to the replies to our texts, and say how new coaches are written to."""
        from resilience.coaching import invited, replies  # noqa: F401 - their decorators are the registration
