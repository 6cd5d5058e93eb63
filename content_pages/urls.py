"""Addresses that blocks post to, and the participant's task list."""

app_name = "content_pages"
urlpatterns: list = []
