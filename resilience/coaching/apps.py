"""Coaches' hours, bookings, calls and what came of them."""

from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "resilience.coaching"
    label = "coaching"

    def ready(self) -> None:
        """Listen to the replies to our texts, and say how a coach's wish for a talk and what we ask are sent."""
        from resilience.coaching import asking, replies, talking_over_mail  # noqa: F401 - their decorators register them
