from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "resilience.measures"
    label = "measures"
