from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    name = "resilience.accounts"
    label = "accounts"

    def ready(self) -> None:
        autodiscover_modules("policy")
        from resilience.accounts import checks  # noqa: F401 - registers by import
