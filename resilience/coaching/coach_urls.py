"""Addresses below /coach/."""

from django.urls import path

from resilience.coaching.views import coach, hours, meetings, whom

app_name = "coach"
urlpatterns = [
    path("", coach.today, name="today"),
    path("hours/", hours.edit, name="hours"),
    path("calls/<uuid:booking>/", coach.call, name="call"),
    path("calls/<uuid:booking>/cancel/", coach.cancel, name="cancel"),
    path("calls/<uuid:booking>/not-with/", whom.not_with, name="not-with"),
    path("at-work/", whom.CoachAtWork.as_view(), name="at-work"),
    path("meetings/<uuid:session>/", meetings.meeting, name="meeting"),
    path("calendar/<str:secret>.ics", coach.feed, name="feed"),
]
