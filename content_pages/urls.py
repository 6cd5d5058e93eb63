"""Addresses of the programme: the task list, and the pages that editors make."""

from django.urls import path

from content_pages.views import gone, my, plan, reading, uploads

app_name = "content_pages"
urlpatterns = [
    path("media/images/<str:name>", uploads.picture, name="picture"),
    path("my/", my.task_list, name="my"),
    path("my/kept/", gone.kept, name="kept"),
    path("my/plan/", plan.plan, name="plan"),
    path("my/plan.pdf", plan.printed, name="plan-pdf"),
    path("my/plan/card/<slug:exercise>/", plan.card, name="card"),
    path("my/plan/print/<slug:exercise>/", plan.sheet, name="sheet"),
    path("programmes/<slug:programme>/", reading.programme, name="programme"),
    path("programmes/<slug:programme>/<slug:module>/", reading.module, name="module"),
    path("programmes/<slug:programme>/<slug:module>/<slug:activity>/", reading.activity, name="activity"),
]
