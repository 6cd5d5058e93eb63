"""A participant's pages around a call: what the two agree, a card about oneself, other help, a note about time."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts import drafting
from resilience.coaching import about, around_forms, referring, relationships
from resilience.coaching.models import Booking, CoachingRelationship, Side
from resilience.coaching.views import agreeing
from resilience.coaching.views.participant import own, stopped
from resilience.participants import enrolments

TO_PUT_RIGHT = 422


def _two(request: HttpRequest, booking: uuid.UUID) -> tuple[Booking, CoachingRelationship]:
    """Return the call and the two who share it. Raises Http404 where they talk no longer."""
    mine = own(request, booking)
    relationship = relationships.of(mine)
    if relationship is None:
        raise Http404
    return mine, relationship


def agreement(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Show what the two agreed, agree to it, or propose something else."""
    mine, relationship = _two(request, booking)
    if refusal := stopped(request, mine.enrolment):
        return refusal
    back = reverse("coaching:call", args=[mine.pk])
    page = agreeing.Page(mine, relationship, Side.PARTICIPANT, "base.html", back)
    return agreeing.answer(request, page)


def about_me(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Show the coach's card, and take one's own: each line may stay empty."""
    mine, relationship = _two(request, booking)
    if refusal := stopped(request, mine.enrolment):
        return refusal
    if request.method == "POST":
        form = around_forms.About(request.POST)
        if form.is_valid():
            about.write(enrolment=mine.enrolment, lines=form.cleaned_data, by=request.user, now=clock.now())
            drafting.forget(user=request.user, page=request.path)
            messages.success(request, _("Kept. Only your coach reads it."))
            return redirect("coaching:call", mine.pk)
    else:
        form = drafting.give_back(request, around_forms.About(initial=_lines(about.own(mine.enrolment))))
    theirs = about.of_coach(relationship.coach)
    context = {"booking": mine, "form": form, "theirs": theirs, "coach": relationship.coach}
    return render(request, "coaching/about_me.html", context, status=TO_PUT_RIGHT if form.errors else 200)


def _lines(card: object) -> dict[str, str]:
    return {name: getattr(card, name) for name in about.LINES} if card else {}


def other_help(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Ask which other kind of help is wanted, and show whom to turn to. The kind and the day are counted, no more."""
    mine = own(request, booking)
    if refusal := stopped(request, mine.enrolment):
        return refusal
    form, cards = around_forms.AnotherHelp(request.POST or None), []
    if form.is_valid():
        on = clock.local_day(clock.now(), mine.time_zone)
        cards = referring.refer(enrolment=mine.enrolment, kind=form.cleaned_data["kind"], on=on)
        drafting.forget(user=request.user, page=request.path)
    elif not form.is_bound:
        form = drafting.give_back(request, form)
    context = {
        "booking": mine,
        "form": form,
        "cards": cards,
        "organisation": mine.enrolment.belongs_to,
        "back": reverse("coaching:call", args=[mine.pk]),
    }
    status = TO_PUT_RIGHT if form.errors else 200
    return render(request, "coaching/other_help.html", context | {"base": "base.html"}, status=status)


def note(request: HttpRequest) -> HttpResponse:
    """Show a few neutral lines about time that somebody may pass on themselves; we send them to nobody."""
    if enrolments.current(request.user) is None:
        raise Http404
    return render(request, "coaching/note.html")
