"""Addresses below /coach/."""

from django.urls import path

from resilience.coaching.views import coach, cover, hours, meetings

app_name = "coach"
urlpatterns = [
    path("", coach.today, name="today"),
    path("hours/", hours.edit, name="hours"),
    path("hours/today/", cover.cannot_work, name="cannot-work"),
    path("calls/<uuid:booking>/", coach.call, name="call"),
    path("calls/<uuid:booking>/cancel/", coach.cancel, name="cancel"),
    path("meetings/<uuid:session>/", meetings.meeting, name="meeting"),
    path("calendar/<str:secret>.ics", coach.feed, name="feed"),
]
