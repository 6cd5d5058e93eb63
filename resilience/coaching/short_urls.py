"""Addresses below /a/: the short links that stand in texts."""

from django.urls import path

from resilience.coaching.views import participant

app_name = "short"
urlpatterns = [path("<str:code>/", participant.short, name="call")]
