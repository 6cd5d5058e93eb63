"""Addresses below /calls/."""

from django.urls import path

from resilience.coaching.views import participant, rating

app_name = "coaching"
urlpatterns = [
    path("", participant.calls, name="calls"),
    path("decline/", participant.decline, name="decline"),
    path("times/", participant.times, name="times"),
    path("zone/", participant.zone, name="zone"),
    path("<uuid:booking>/", participant.call, name="call"),
    path("<uuid:booking>/cancel/", participant.cancel, name="cancel"),
    path("<uuid:booking>/why/", participant.why, name="why"),
    path("<uuid:booking>/move/", participant.move, name="move"),
    path("<uuid:booking>/rate/", rating.rate, name="rate"),
    path("<uuid:booking>/calendar.ics", participant.calendar, name="calendar"),
]
