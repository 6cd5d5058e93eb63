"""Addresses of the programme: the task list, and the pages that editors make."""

from django.urls import path

from content_pages.views import meetings, my, reading, uploads

app_name = "content_pages"
urlpatterns = [
    path("media/images/<str:name>", uploads.picture, name="picture"),
    path("my/", my.task_list, name="my"),
    path("my/meetings/<uuid:session>/", meetings.meeting, name="meeting"),
    path("my/meetings/<uuid:session>/calendar.ics", meetings.calendar, name="meeting-calendar"),
    path("programmes/<slug:programme>/", reading.programme, name="programme"),
    path("programmes/<slug:programme>/<slug:module>/", reading.module, name="module"),
    path("programmes/<slug:programme>/<slug:module>/<slug:activity>/", reading.activity, name="activity"),
]
