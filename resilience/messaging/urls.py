"""Addresses below /telephony/sms/."""

from django.urls import path

from resilience.messaging import webhooks

app_name = "messaging"
urlpatterns = [
    path("", webhooks.arrived, name="text-arrived"),
    path("<str:token>/status/", webhooks.status, name="text-status"),
]
