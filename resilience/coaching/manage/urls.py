"""Addresses below /manage/coaches/."""

from django.urls import path

from resilience.coaching.manage import views

app_name = "coaches"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new/", views.New.as_view(), name="new"),
    path("training/", views.wanted, name="wanted"),
    path("<slug:coach>/", views.One.as_view(), name="one"),
]
