from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "resilience.participants"
    label = "participants"

    def ready(self) -> None:
        """Listen to what the carrier says of numbers."""
        from resilience.participants import numbers_of  # noqa: F401 - its decorator is the registration
