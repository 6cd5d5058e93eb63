from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    name = "resilience.privacy"
    label = "privacy"

    def ready(self) -> None:
        autodiscover_modules("privacy")
        from resilience.privacy import checks, third_party  # noqa: F401 - registers by import
