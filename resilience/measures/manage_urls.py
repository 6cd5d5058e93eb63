"""Addresses below /manage/programmes/ about the questions of a programme."""

from django.urls import path

from resilience.measures import manage_views

app_name = "questions"
urlpatterns = [
    path("<slug:programme>/questions/", manage_views.Grid.as_view(), name="grid"),
    path("<slug:programme>/board/", manage_views.board, name="board"),
]
