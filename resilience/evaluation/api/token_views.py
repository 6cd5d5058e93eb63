"""The page on which an evaluator lets a program read, and stops it again."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from resilience import clock
from resilience.evaluation.api import forms
from resilience.evaluation.api import tokens as secrets
from resilience.evaluation.models import AccessToken
from resilience.evaluation.views import find

MADE = "token"  # of a message: its words are the token itself, which the page shows in a field


def tokens(request: HttpRequest, slug: str) -> HttpResponse:
    """List one's own tokens for the programme; a POST makes another, which the next page shows once."""
    found, now = find(request, slug), clock.now()
    form = forms.NewToken(request.POST if request.method == "POST" else None, today=now.date())
    if request.method == "POST" and form.is_valid():
        secret = secrets.make(
            user=request.user,
            programme=found.programme,
            name=form.cleaned_data["name"],
            ends_at=datetime.combine(form.cleaned_data["last_day"] + timedelta(days=1), time.min, tzinfo=UTC),
            now=now,
        )
        messages.success(request, secret, extra_tags=MADE)
        return redirect("evaluation:tokens", slug=slug)
    mine = AccessToken.objects.filter(user=request.user, programme=found.programme).order_by("-made_at")
    context = {"evaluation": found, "form": form, "tokens": mine, "now": now}
    return render(request, "evaluation/tokens.html", context, status=422 if request.method == "POST" else 200)


def end(request: HttpRequest, slug: str, token: UUID) -> HttpResponse:
    """End one of one's own tokens."""
    found = find(request, slug)
    row = get_object_or_404(AccessToken, pk=token, user=request.user, programme=found.programme)
    secrets.end(row, by=request.user, now=clock.now())
    return redirect("evaluation:tokens", slug=slug)
