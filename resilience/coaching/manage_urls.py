"""Addresses below /manage/."""

from django.urls import path

from resilience.coaching.views import planning

app_name = "manage-calls"
urlpatterns = [
    path("calls/", planning.calls, name="calls"),
    path("calls/<uuid:asked>/", planning.Arrange.as_view(), name="arrange"),
    path("organisations/<slug:organisation>/relations/", planning.Relations.as_view(), name="relations"),
]
