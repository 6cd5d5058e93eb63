"""Addresses of the programme: the task list, and the pages that editors make."""

from django.urls import path

from content_pages.papers import filing
from content_pages.views import gone, meetings, my, offline, papers, plan, reading, setting_up, times, uploads

app_name = "content_pages"
urlpatterns = [
    path("media/images/<str:name>", uploads.picture, name="picture"),
    path("media/documents/<str:name>", uploads.sound, name="sound"),
    path("service-worker.js", offline.worker, name="worker"),
    path("site.webmanifest", offline.manifest, name="manifest"),
    path("not-connected/", offline.not_connected, name="not-connected"),
    path("manage/programmes/", setting_up.programmes, name="set-up"),
    path("manage/programmes/new/", setting_up.NewProgramme.as_view(), name="new-programme"),
    path("manage/programmes/<slug:slug>/", setting_up.programme, name="set-up-programme"),
    path("manage/programmes/<slug:slug>/pack.zip", setting_up.pack, name="pack"),
    path("manage/programmes/<slug:programme>/papers/", papers.Papers.as_view(), name="papers"),
    *(
        path(
            f"manage/programmes/<slug:programme>/papers/{file}{end}",
            view,
            {"file": file},
            name=f"{file}-{name}",
        )
        for file in filing.FILES
        for end, view, name in ((".pdf", papers.printed, "pdf"), ("/", papers.Making.as_view(), "making"))
    ),
    path("manage/programmes/<slug:programme>/times/", times.Times.as_view(), name="times"),
    path("manage/programmes/<slug:programme>/times/calls/", times.Settling.as_view(), name="settling"),
    path("manage/programmes/<slug:programme>/times/new/", times.OneTime.as_view(), name="new-time"),
    path("manage/programmes/<slug:programme>/times/<slug:timepoint>/", times.OneTime.as_view(), name="time"),
    path("manage/programmes/<slug:programme>/times/<slug:timepoint>/place/", times.place, name="place-time"),
    path("my/", my.task_list, name="my"),
    path("my/kept/", gone.kept, name="kept"),
    path("my/plan/", plan.plan, name="plan"),
    path("my/plan.pdf", plan.printed, name="plan-pdf"),
    path("my/plan/card/<slug:exercise>/", plan.card, name="card"),
    path("my/plan/print/<slug:exercise>/", plan.sheet, name="sheet"),
    path("my/phone/", offline.phone, name="phone"),
    path("my/phone/line.json", offline.line, name="line"),
    path("kept/<slug:programme>/<slug:module>/", offline.module, name="kept-module"),
    path("kept/<slug:programme>/<slug:module>/<slug:activity>/", offline.activity, name="kept-activity"),
    path("my/meetings/<uuid:session>/", meetings.meeting, name="meeting"),
    path("my/meetings/<uuid:session>/calendar.ics", meetings.calendar, name="meeting-calendar"),
    path("programmes/<slug:programme>/", reading.programme, name="programme"),
    path("programmes/<slug:programme>/<slug:module>/", reading.module, name="module"),
    path("programmes/<slug:programme>/<slug:module>/<slug:activity>/", reading.activity, name="activity"),
]
