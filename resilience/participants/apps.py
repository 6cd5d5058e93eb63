from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "resilience.participants"
    label = "participants"
