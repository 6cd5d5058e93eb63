"""Addresses."""

from django.urls import path

from resilience.journeys.views import (
    agreed,
    arrival,
    entrance,
    own_data,
    own_time,
    results,
    setting_up,
    steps,
    told,
)

app_name = "journeys"
urlpatterns = [
    path("after-sign-in/", arrival.after_sign_in, name="after-sign-in"),
    path("join/", entrance.Sheet.as_view(), name="join"),
    path("join/address/", entrance.Address.as_view(), name="address"),
    path("join/code/", entrance.TypeCode.as_view(), name="code"),
    path("join/consents/", steps.Consents.as_view(), name="consents"),
    path("join/about-you/", steps.AboutYou.as_view(), name="about-you"),
    path("join/about-you/further/", steps.Further.as_view(), name="further"),
    path("join/not-for-me/", steps.not_for_me, name="not-for-me"),
    path("join/readiness/", steps.GoodTime.as_view(), name="readiness"),
    path("join/later/", steps.later, name="later"),
    path("join/<str:code>/", entrance.Sheet.as_view(), name="invited"),
    path("my/data/", own_data.Data.as_view(), name="data"),
    path("my/data/stopped/", own_data.stopped, name="stopped"),
    path("my/access/", own_data.access, name="access"),
    path("my/consent/", agreed.Consent.as_view(), name="consent"),
    path("my/consent/again/", agreed.Again.as_view(), name="agree-again"),
    path("my/why/", agreed.why, name="why"),
    path("my/results/", results.own, name="results"),
    path("my/pause/", own_time.Pause.as_view(), name="pause"),
    path("my/messages/", told.Messages.as_view(), name="messages"),
    path("my/certificate/", own_time.Certificate.as_view(), name="certificate"),
    path("my/reach/", own_data.Reach.as_view(), name="reach"),
    path("data-deleted/", own_data.deleted, name="deleted"),
    path("manage/organisations/new/", setting_up.NewOrganisation.as_view(), name="new-organisation"),
    path("manage/programmes/<slug:programme>/group/", setting_up.NewGroup.as_view(), name="new-group"),
    path("manage/programmes/<slug:programme>/messages/", told.Reminders.as_view(), name="programme-messages"),
    path(
        "manage/programmes/<slug:programme>/information/",
        setting_up.Information.as_view(),
        name="information",
    ),
    path(
        "manage/programmes/<slug:programme>/information/<slug:language>/",
        setting_up.Information.as_view(),
        name="information-in",
    ),
    path("manage/programmes/<slug:programme>/word/", setting_up.OwnWord.as_view(), name="own-word"),
    path("manage/programmes/<slug:programme>/about-you/", setting_up.Asked.as_view(), name="asked"),
]
