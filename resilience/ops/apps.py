from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "resilience.ops"
    label = "ops"
