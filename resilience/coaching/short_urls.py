"""Addresses below /a/: the short links that stand in texts."""

from django.urls import path

from resilience.coaching.views import one_call

app_name = "short"
urlpatterns = [path("<str:code>/", one_call.short, name="call")]
