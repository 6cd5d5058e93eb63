from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "resilience.organisations"
    label = "organisations"
