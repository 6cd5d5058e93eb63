"""Addresses for evaluators."""

from django.urls import path

from resilience.evaluation import (
    exposure_views,
    import_views,
    interview_views,
    plan_views,
    release_views,
    system_views,
    views,
)
from resilience.evaluation.api import token_views
from resilience.evaluation.exports import views as export_views

app_name = "evaluation"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", plan_views.New.as_view(), name="new"),
    path("import/", import_views.upload, name="upload"),
    path("import/sample-pack.zip", import_views.sample, name="sample_pack"),
    path("import/<uuid:row>/", import_views.show, name="import"),
    path("import/<uuid:row>/problems.csv", import_views.problems, name="import_problems"),
    path("import/<uuid:row>/go-on/", import_views.go_on, name="go_on"),
    path("import/<uuid:row>/stop/", import_views.stop, name="stop"),
    path("<slug:slug>/", views.evaluation, name="evaluation"),
    path("<slug:slug>/plan/", plan_views.Plan.as_view(), name="plan"),
    path("<slug:slug>/plan/new-version/", plan_views.NextVersion.as_view(), name="plan_next"),
    path("<slug:slug>/plan/freeze/", plan_views.Freeze.as_view(), name="plan_freeze"),
    path("<slug:slug>/plan/deviation/", plan_views.Deviation.as_view(), name="deviation"),
    path("<slug:slug>/plan/approached/", plan_views.Approached.as_view(), name="approached"),
    path("<slug:slug>/plan/complaints/", plan_views.Complaints.as_view(), name="complaints"),
    path("<slug:slug>/plan/<slug:version>/", plan_views.earlier, name="plan_earlier"),
    path("<slug:slug>/system/", system_views.System.as_view(), name="system"),
    path("<slug:slug>/system/file/", system_views.SystemFile.as_view(), name="system_file"),
    path("<slug:slug>/system/units.csv", system_views.outcomes_file, name="system_csv"),
    path("<slug:slug>/system/take-out/", system_views.take_out, name="system_out"),
    path("<slug:slug>/interviews/", interview_views.Interviews.as_view(), name="interviews"),
    path("<slug:slug>/core-or-optional/", exposure_views.core_or_optional, name="core_or_optional"),
    path("<slug:slug>/scale-up/", exposure_views.scale_up_planner, name="scale_up"),
    path("<slug:slug>/releases/", release_views.Releases.as_view(), name="releases"),
    path("<slug:slug>/releases/<str:day>/", release_views.release, name="release"),
    path("<slug:slug>/releases/<str:day>/release.csv", release_views.release_file, name="release_file"),
    path("<slug:slug>/reports/", views.ask, name="ask"),
    path("<slug:slug>/reports/<uuid:run>/", views.run, name="run"),
    path("<slug:slug>/reports/<uuid:run>/cancel/", views.cancel, name="cancel"),
    path("<slug:slug>/reports/<uuid:run>/<str:name>", views.file, name="file"),
    path("<slug:slug>/exports/", export_views.exports, name="exports"),
    path("<slug:slug>/exports/<uuid:export>/", export_views.export, name="export"),
    path("<slug:slug>/exports/<uuid:export>/cancel/", export_views.cancel, name="cancel_export"),
    path("<slug:slug>/exports/<uuid:export>/<str:name>", export_views.file, name="export_file"),
    path("<slug:slug>/programs/", token_views.tokens, name="tokens"),
    path("<slug:slug>/programs/<uuid:token>/end/", token_views.end, name="end_token"),
]
