"""Addresses below /coach/."""

from django.urls import path

from resilience.coaching.views import (
    coach,
    coach_around,
    community,
    cover,
    development,
    hours,
    manual,
    meetings,
    shown,
    whom,
)

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
    path("shown/", shown.Shown.as_view(), name="shown"),
    path("record/", coach_around.record, name="record"),
    path("calls/<uuid:booking>/not-with/", whom.not_with, name="not-with"),
    path("at-work/", whom.CoachAtWork.as_view(), name="at-work"),
    path("meetings/<uuid:session>/", meetings.meeting, name="meeting"),
    path("calendar/<str:secret>.ics", coach.feed, name="feed"),
    path("development/", development.development, name="development"),
    path("development/profile/", development.profile, name="profile"),
    path("development/profile.pdf", development.printed, name="profile-pdf"),
    path("development/peers/", development.ask, name="ask-a-peer"),
    path("development/peers/<uuid:profile>/", development.peer, name="peer"),
    path("development/log/", development.own_log, name="log"),
    path("manual/", manual.contents, name="manual"),
    path("manual/<slug:programme>/manual.pdf", manual.printed, name="manual-pdf"),
    path("manual/<slug:programme>/<slug:part>/", manual.part, name="manual-part"),
    path("community/", community.choose, name="communities"),
    path("community/<slug:programme>/", community.page, name="community"),
    path("community/<slug:programme>/posts/<uuid:post>/", community.take_down, name="take-down"),
    path("community/<slug:programme>/meet/", community.meet, name="meet"),
    path("community/<slug:programme>/meetings/<uuid:meeting>/", community.meeting, name="peer-meeting"),
    path("community/<slug:programme>/training/", community.interest, name="interest"),
]
