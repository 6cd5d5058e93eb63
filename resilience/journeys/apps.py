from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "resilience.journeys"
    label = "journeys"
