"""Addresses below /coach/."""

from django.urls import path

from resilience.coaching.views import coach, coach_around, cover, hours, meetings

app_name = "coach"
urlpatterns = [
    path("", coach.today, name="today"),
    path("hours/", hours.edit, name="hours"),
    path("hours/today/", cover.cannot_work, name="cannot-work"),
    path("calls/<uuid:booking>/", coach.call, name="call"),
    path("calls/<uuid:booking>/cancel/", coach.cancel, name="cancel"),
    path("calls/<uuid:booking>/agreement/", coach_around.agreement, name="agreement"),
    path("calls/<uuid:booking>/help/", coach_around.other_help, name="other-help"),
    path("calls/<uuid:booking>/worried/", coach_around.worried, name="worried"),
    path("calls/<uuid:booking>/patients/", coach_around.patients, name="patients"),
    path("calls/<uuid:booking>/talk-over/", coach_around.talk_over, name="talk-over"),
    path("about/", coach_around.about_me, name="about"),
    path("record/", coach_around.record, name="record"),
    path("meetings/<uuid:session>/", meetings.meeting, name="meeting"),
    path("calendar/<str:secret>.ics", coach.feed, name="feed"),
]
