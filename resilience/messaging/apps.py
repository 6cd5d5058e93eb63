from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "resilience.messaging"
    label = "messaging"
