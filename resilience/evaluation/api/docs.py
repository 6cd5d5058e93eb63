"""The page that tells how a program reads, made from the same description that programs read."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from resilience.evaluation.api.operations import ABOUT, api


def docs(request: HttpRequest) -> HttpResponse:
    """Show every address with what it answers."""
    schema = api.get_openapi_schema(path_prefix="/api/")
    context = {
        "about": ABOUT.split("\n\n"),
        "operations": list(_operations(schema)),
        "here": request.build_absolute_uri("/"),
    }
    return render(request, "evaluation/api_docs.html", context)


def _operations(schema: dict) -> Iterator[dict]:
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            asked = [one["name"] for one in told.get("parameters", []) if one["in"] == "query"]
            yield {"method": method.upper(), "path": path, "does": told["description"], "query": asked}
