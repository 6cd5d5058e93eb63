"""Addresses of the programme: the task list, and the pages that editors make."""

from django.urls import path

from content_pages.views import my, reading, setting_up, uploads

app_name = "content_pages"
urlpatterns = [
    path("media/images/<str:name>", uploads.picture, name="picture"),
    path("manage/programmes/", setting_up.programmes, name="set-up"),
    path("manage/programmes/new/", setting_up.NewProgramme.as_view(), name="new-programme"),
    path("manage/programmes/<slug:slug>/", setting_up.programme, name="set-up-programme"),
    path("manage/programmes/<slug:slug>/pack.zip", setting_up.pack, name="pack"),
    path("my/", my.task_list, name="my"),
    path("programmes/<slug:programme>/", reading.programme, name="programme"),
    path("programmes/<slug:programme>/<slug:module>/", reading.module, name="module"),
    path("programmes/<slug:programme>/<slug:module>/<slug:activity>/", reading.activity, name="activity"),
]
