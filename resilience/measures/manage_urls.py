"""Addresses below /manage/programmes/ about the questions of a programme."""

from django.urls import path

from resilience.measures import manage_views
from resilience.measures.manage import arm_views

app_name = "questions"
urlpatterns = [
    path("<slug:programme>/questions/", manage_views.Grid.as_view(), name="grid"),
    path("<slug:programme>/board/", manage_views.board, name="board"),
    path("<slug:programme>/arms/", arm_views.Arms.as_view(), name="arms"),
    path("<slug:programme>/arms/do/", arm_views.do, name="do-arms"),
    path("<slug:programme>/arms/new/", arm_views.OneArm.as_view(), name="new-arm"),
    path("<slug:programme>/arms/table/", arm_views.Table.as_view(), name="arms-table"),
    path("<slug:programme>/arms/<slug:arm>/", arm_views.OneArm.as_view(), name="arm"),
]
