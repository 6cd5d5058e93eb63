from django.apps import AppConfig


class ContentPagesConfig(AppConfig):
    name = "content_pages"
    label = "content_pages"
