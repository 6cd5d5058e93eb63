"""Addresses for evaluators."""

from django.urls import path

from resilience.evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.evaluation, name="evaluation"),
    path("<slug:slug>/plan/", views.plan, name="plan"),
    path("<slug:slug>/reports/", views.ask, name="ask"),
    path("<slug:slug>/reports/<uuid:run>/", views.run, name="run"),
    path("<slug:slug>/reports/<uuid:run>/cancel/", views.cancel, name="cancel"),
    path("<slug:slug>/reports/<uuid:run>/<str:name>", views.file, name="file"),
]
