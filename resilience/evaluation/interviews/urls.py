"""Addresses about interviews, for the person who is asked and for managers."""

from django.urls import path

from resilience.evaluation.interviews import views

app_name = "interviews"
urlpatterns = [
    path("my/interview/", views.Asked.as_view(), name="asked"),
    path("manage/programmes/<slug:programme>/interviews/", views.arrange, name="arrange"),
    path("manage/programmes/<slug:programme>/interviews/<uuid:draw>/", views.invite, name="invite"),
]
