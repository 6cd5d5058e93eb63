from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "resilience.coaching"
    label = "coaching"
