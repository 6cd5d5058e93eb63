"""Addresses below /manage/ about coaches' calls."""

from django.urls import path

from resilience.coaching.views import call_settings, cover

app_name = "cover"
urlpatterns = [
    path("coaches/<slug:coach>/today/", cover.today, name="today"),
    path("coaches/<slug:coach>/calls/", cover.calls, name="calls"),
    path("coaches/<slug:coach>/calls/<uuid:booking>/", cover.call, name="call"),
    path("programmes/<slug:programme>/calls/", call_settings.Calls.as_view(), name="settings"),
]
