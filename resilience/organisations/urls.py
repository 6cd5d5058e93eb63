"""Addresses."""

from django.urls import path

from resilience.organisations import views

app_name = "organisations"
urlpatterns = [
    path("help-now/", views.help_now, name="help-now"),
    path("promise/", views.who_reads_what, name="promise"),
    path("manage/system/", views.System.as_view(), name="system"),
    path("manage/system/<uuid:action>/", views.Action.as_view(), name="action"),
    path("safeguarding/", views.safeguarding, name="safeguarding"),
    path("safeguarding/routes/<uuid:route>/checked/", views.checked, name="route-checked"),
]
