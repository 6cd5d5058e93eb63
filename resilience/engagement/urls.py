"""Addresses."""

from django.urls import path

from resilience.engagement import views

app_name = "engagement"
urlpatterns = [path("manage/meetings/", views.meetings, name="meetings")]
