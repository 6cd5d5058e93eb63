"""A coach's pages around calls: the agreement, a card, their own record; other help, worry, patients, a talk."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from resilience import clock
from resilience.accounts import drafting, roles
from resilience.accounts.models import Role
from resilience.coaching import (
    about,
    around_forms,
    coach_reports,
    guides,
    means_of_ratings,
    referring,
    relationships,
    talking_over,
)
from resilience.coaching.models import Booking, Coach, Side
from resilience.coaching.views import agreeing, coachs_call
from resilience.coaching.views import coach as coach_views
from resilience.organisations import support
from resilience.telephony import numbers

TO_PUT_RIGHT = 422


def _back(one: Booking) -> str:
    return reverse("coach:call", args=[one.pk])


def agreement(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Show what the two agreed, agree to it, or propose something else. Raises Http404 where it is closed to them."""
    one = coachs_call.of(request, booking)
    relationship = relationships.open_to_coach(one)
    if relationship is None:
        raise Http404
    page = agreeing.Page(one, relationship, Side.COACH, "base_staff.html", _back(one))
    return agreeing.answer(request, page)


def about_me(request: HttpRequest) -> HttpResponse:
    """Take the coach's own card: everybody whom they talk with reads it."""
    coach = coach_views.mine(request)
    if request.method == "POST":
        form = around_forms.AboutAsCoach(request.POST)
        if form.is_valid():
            about.write_as_coach(coach=coach, lines=form.cleaned_data, by=request.user, now=clock.now())
            drafting.forget(user=request.user, page=request.path)
            messages.success(request, _("Kept. Those who book you read it."))
            return redirect("coach:today")
    else:
        card = about.of_coach(coach)
        known = {name: getattr(card, name) for name in about.OF_COACH} if card else {}
        form = drafting.give_back(request, around_forms.AboutAsCoach(initial=known))
    return render(
        request, "coaching/about_coach.html", {"form": form}, status=TO_PUT_RIGHT if form.errors else 200
    )


def record(request: HttpRequest) -> HttpResponse:
    """Show a coach their own record; the lead may choose whose. Raises Http404 for a coach who is none of theirs."""
    led = _led(request)
    wanted = request.GET.get("coach", "")
    if wanted:
        coach = next((each for each in led if each.slug == wanted), None)
    else:
        coach = Coach.objects.filter(user=request.user).first() or (led[0] if led else None)
    if coach is None:
        raise Http404
    is_mine = coach.user_id == request.user.pk
    context = {
        "coach": coach,
        "led": led,
        "is_mine": is_mine,
        "place": _("Back to today") if Role.COACH in request.user.roles else _("Coaches"),
        "totals": coach_reports.of_coach(coach, only_tens=not is_mine),
        "guides": _stages(coach, only_tens=not is_mine),
        "means": means_of_ratings.of_coach(coach),
    }
    return render(request, "coaching/record.html", context)


def _led(request: HttpRequest) -> list[Coach]:
    """Return the coaches of a lead's programmes; none for whoever leads nobody."""
    if not roles.holds(request.user, Role.COACH_LEAD):
        return []
    slugs = roles.programmes(request.user, Role.COACH_LEAD)
    found = Coach.objects.order_by("shown_name")
    return list(found if slugs is None else found.filter(programmes__slug__in=slugs).distinct())


def _stages(coach: Coach, *, only_tens: bool) -> list[dict]:
    programme = coach.programmes.order_by("slug").first()
    calls = guides.of(programme).calls if programme else []
    return [
        {
            "title": call["title"],
            "rows": _held(coach, number, call, only_tens),
        }
        for number, call in enumerate(calls, start=1)
    ]


def _held(coach: Coach, number: int, call: dict, only_tens: bool) -> list[tuple[str, int, int]]:
    titles = [stage["title"] for stage in call.get("stages", [])]
    found = coach_reports.by_stage(coach, guide_call=number, titles=titles, only_tens=only_tens)
    return [row for row in found if row[2]]  # of no call nothing is told


def other_help(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Ask which other kind of help is wanted, and show whom to turn to, so that the coach can read it out."""
    one = coachs_call.of(request, booking)
    form, cards = around_forms.AnotherHelp(request.POST or None), []
    if form.is_valid():
        on = clock.local_day(clock.now(), one.coach.time_zone)
        cards = referring.refer(enrolment=one.enrolment, kind=form.cleaned_data["kind"], on=on)
    context = {
        "booking": one,
        "form": form,
        "cards": cards,
        "organisation": one.enrolment.belongs_to,
        "back": _back(one),
        "base": "base_staff.html",
    }
    return render(request, "coaching/other_help.html", context, status=TO_PUT_RIGHT if form.errors else 200)


def worried(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Show the one-page script and whom to ring (GET), or write to the leads that this coach asks for them (POST)."""
    one, nobody, now = coachs_call.of(request, booking), False, clock.now()
    programme = one.enrolment.cohort.programme
    if request.method == "POST":
        try:
            talking_over.ask_a_lead(coach=one.coach, programme=programme, now=now)
            messages.success(request, _("We have written to the leads. They get in touch with you."))
            return redirect(request.path)
        except talking_over.Nobody:
            nobody = True
    context = {
        "booking": one,
        "cards": support.cards(one.enrolment.belongs_to, one.enrolment.belongs_as),
        "back": _back(one),
        "nobody": nobody,
        "zone": one.coach.time_zone,
        "phone": numbers.shown(one.coach.phone),
        "asked": talking_over.worried_lately(one.coach, programme=programme, now=now),
    }
    return render(request, "coaching/worried.html", context, status=409 if nobody else 200)


def patients(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Show what to ask about a matter of patient safety, and keep its day and that the other was told."""
    one = coachs_call.of(request, booking)
    programme, now = one.enrolment.cohort.programme, clock.now()
    day = clock.local_day(one.starts_at, one.coach.time_zone)
    form = around_forms.PatientMatter(request.POST or None, initial={"on_date": day})
    if form.is_valid():
        told = form.cleaned_data
        referring.note_patient_safety(programme=programme, on=told["on_date"], told=told["told"], now=now)
        messages.success(request, _("Kept: the day, and whether they were told. Nothing else."))
        return redirect("coach:call", one.pk)
    context = {"booking": one, "form": form, "back": _back(one), "organisation": one.enrolment.belongs_to}
    return render(request, "coaching/patients.html", context, status=TO_PUT_RIGHT if form.errors else 200)


@require_POST
def talk_over(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Write to the coaches' supervisor that this coach would like to talk a call over; about whom is not said."""
    one = coachs_call.of(request, booking)
    try:
        talking_over.ask_the_supervisor(
            coach=one.coach, programme=one.enrolment.cohort.programme, now=clock.now()
        )
        messages.success(
            request, _("We have written to your supervisor. The message names you, and nobody else.")
        )
    except talking_over.Nobody:
        messages.warning(request, _("No supervisor is entered for this programme. Tell whoever runs it."))
    return redirect("coach:call", one.pk)
