"""Addresses for programs of evaluators: what they read, how it is described, and a page that tells people."""

from django.urls import include, path

from resilience.evaluation.api.docs import docs
from resilience.evaluation.api.operations import api

_patterns, _app, _namespace = api.urls

urlpatterns = [
    path("", include(([*_patterns, path("docs", docs, name="docs")], _app), namespace=_namespace)),
]
