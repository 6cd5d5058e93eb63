"""Addresses below /telephony/voice/."""

from django.urls import include, path

from resilience.coaching import webhooks

app_name = "telephony"

of_a_leg = [
    path("gate/", webhooks.at_gate, name="gate"),
    path("key/", webhooks.key, name="key"),
    path("status/", webhooks.status, name="status"),
    path("room/", webhooks.room, name="room"),
    path("hold/", webhooks.hold, name="hold"),
    path("after/", webhooks.after, name="after"),
]
urlpatterns = [
    path("voice/", webhooks.arrived, name="call-arrived"),
    path("voice/pin/", webhooks.pin, name="pin"),
    path("voice/<str:token>/", include(of_a_leg)),
]
