"""Addresses."""

from django.urls import path

from resilience.participants import views

app_name = "participants"
urlpatterns = [
    path("manage/", views.Manage.as_view(), name="manage"),
    path("my/system/", views.system, name="system"),
    path("manage/content/", views.content, name="content"),
]
