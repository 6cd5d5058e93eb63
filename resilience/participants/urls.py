"""Addresses."""

from django.urls import path

from resilience.participants import backing_page, views

app_name = "participants"
urlpatterns = [
    path("manage/", views.Manage.as_view(), name="manage"),
    path("my/system/", views.system, name="system"),
    path("manage/programmes/<slug:programme>/backing/", backing_page.Backing.as_view(), name="backing"),
    path("manage/content/", views.content, name="content"),
]
