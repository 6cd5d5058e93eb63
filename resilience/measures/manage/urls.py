"""Addresses."""

from django.urls import path

from resilience.measures import contact_page
from resilience.measures.manage import cover_views, own_views, views

app_name = "instruments"
OWN = "manage/instruments/own/<uuid:version>/"
urlpatterns = [
    path("manage/instruments/", views.listed, name="list"),
    path("manage/instruments/new/", own_views.New.as_view(), name="new"),
    path("manage/instruments/standing-by/<slug:programme>/", cover_views.Standing.as_view(), name="cover"),
    path(OWN, own_views.own, name="own"),
    path(f"{OWN}revise/", own_views.Revise.as_view(), name="revise"),
    path(f"{OWN}experts/", own_views.sent_to_experts, name="send"),
    path(f"{OWN}ask/", own_views.asked, name="ask"),
    path(f"{OWN}try-out/", own_views.tried_out, name="try-out"),
    path(f"{OWN}lock/", own_views.locked, name="lock"),
    path("manage/instruments/<slug:key>/", views.One.as_view(), name="one"),
    path("manage/instruments/<slug:key>/table/", views.Table.as_view(), name="table"),
    path("manage/instruments/<slug:key>/end/", views.permission_ended, name="end"),
    path("safeguarding/contact/", contact_page.listed, name="wishes"),
    path("safeguarding/contact/<uuid:wish>/", contact_page.taken, name="take"),
    path("reviews/<str:code>/", own_views.expert, name="expert"),
]
