from django.apps import AppConfig


class ContentPagesConfig(AppConfig):
    name = "content_pages"
    label = "content_pages"

    def ready(self) -> None:
        from content_pages import checks, public_files  # noqa: F401 - register by import
