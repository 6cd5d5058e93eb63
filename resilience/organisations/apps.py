from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "resilience.organisations"
    label = "organisations"

    def ready(self) -> None:
        from resilience.organisations import help_page  # noqa: F401 - registers by import
