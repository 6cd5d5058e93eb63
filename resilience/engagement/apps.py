from django.apps import AppConfig


class EngagementConfig(AppConfig):
    name = "resilience.engagement"
    label = "engagement"
