from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MessagingConfig(AppConfig):
    name = "resilience.messaging"
    label = "messaging"

    def ready(self) -> None:
        autodiscover_modules("outbox")  # each app says in <app>/outbox.py how its kinds are sent
