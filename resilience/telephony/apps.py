from django.apps import AppConfig


class TelephonyConfig(AppConfig):
    name = "resilience.telephony"
    label = "telephony"

    def ready(self) -> None:
        from resilience.telephony import checks  # noqa: F401  importing it registers the checks
