"""A participant's calls: the offer, the free times, one call."""

import contextlib
import uuid
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from resilience import clock
from resilience.accounts import drafting
from resilience.coaching import (
    agreements,
    called_off,
    choosing,
    finishing,
    forms,
    guides,
    notices,
    offers,
    other_ways,
    outcomes,
    ratings,
    reaching,
    retrying,
    whom,
)
from resilience.coaching import booking as bookings
from resilience.coaching.models import (
    Booking,
    Call,
    CallDecline,
    Coach,
    Status,
)
from resilience.coaching.views import choices_page
from resilience.participants import consent, enrolments, numbers_of, reasons
from resilience.participants.models import Enrolment, Stage

TO_PUT_RIGHT = 422
TAKEN = STOPPED = 409
GONE = (bookings.SlotTaken, retrying.Crowded)
REFUSALS = (*GONE, bookings.TooLate, offers.NotOffered, consent.NotConsented)


def calls(request: HttpRequest) -> HttpResponse:
    """Show how calls stand (GET), or book the time that was chosen (POST)."""
    enrolment = enrolment_of(request)
    if request.method == "POST":
        return stopped(request, enrolment) or _without_calls(request, enrolment) or _book(request, enrolment)
    return _overview(request, enrolment)


def _without_calls(request: HttpRequest, enrolment: Enrolment) -> HttpResponse | None:
    """Return how calls stand where somebody's group or programme has none for them now, whatever they sent."""
    found = offers.standing(enrolment, now=clock.now())
    return _overview(request, enrolment, status=TAKEN) if found.offer in offers.WITHOUT_CALLS else None


def enrolment_of(request: HttpRequest) -> Enrolment:
    """Return the enrolment of the person who is signed in. Raises Http404 where they take no part."""
    enrolment = enrolments.current(request.user)
    if enrolment is None:
        raise Http404
    return enrolment


def stopped(request: HttpRequest, enrolment: Enrolment) -> HttpResponse | None:
    """Return words for somebody who has stopped taking part, so that nothing is stored; None for everybody else."""
    if enrolment.withdrawn_at is None:
        return None
    refused = request.method == "POST"
    return render(request, "coaching/stopped.html", {"refused": refused}, status=STOPPED if refused else 200)


def _overview(request: HttpRequest, enrolment: Enrolment, *, status: int = 200) -> HttpResponse:
    now = clock.now()
    programme = enrolment.cohort.programme
    decline = CallDecline.objects.filter(enrolment=enrolment, taken_back_at=None).first()
    standing = offers.standing(enrolment, now=now)
    off = called_off.newest(enrolment) if standing.bookable and not decline else None
    context = {
        "called_off": off,
        "again": off is not None and called_off.may_try_again(off),
        "standing": standing,
        "proposes": agreements.proposed_by_coach(standing.upcoming),
        "proposed": choices_page.proposed(enrolment, now=now) if standing.is_core else None,
        "programme": programme,
        "guide": guides.of(programme),
        "decline": decline,
        "asks_why": (asks_why := bool(decline) and not reasons.said(enrolment, Stage.CALLS)),
        **(_why(request) if asks_why else {}),
        "chosen_before": choices_page.kept(request) is not None,
        "to_rate": ratings.awaited(enrolment) if enrolment.withdrawn_at is None else None,
        "past": _past(enrolment, now=now),
        "asked_way": other_ways.open_wish(enrolment),
        "zone": enrolment.participant.time_zone,
        "number": notices.number(),
        "texts": reaching.why_no_texts(enrolment.participant),
    }
    return render(request, "coaching/calls.html", context, status=status)


def _why(request: HttpRequest) -> dict:
    """Return what the question about the reason needs, with what was chosen before the sign-in ended."""
    page = reverse("coaching:decline")
    kept = choices_page.kept(request, page=page)
    return {
        "reasons": reasons.choices(Stage.CALLS),
        "picked": kept.get("reason", "") if kept else "",
        "given_back": {"given_back": bool(kept)},
        "draft_token": drafting.token(request, page=page),
    }


def _past(enrolment: Enrolment, *, now: datetime) -> list[Booking]:
    """Return the calls so far; none that ended since one of the two knew the other."""
    over = Call.objects.filter(booking__enrolment=enrolment, ended_at__isnull=False)
    counted = over.exclude(events__kind=outcomes.KNOWN)
    held = Booking.objects.filter(status=Status.BOOKED, calls__in=counted)
    return list(held.distinct().select_related("coach").order_by("-starts_at"))


def decline(request: HttpRequest) -> HttpResponse:
    """Accept a no, or the reason for it; then show how calls stand."""
    enrolment, now = enrolment_of(request), clock.now()
    if refusal := stopped(request, enrolment):
        return refusal
    offers.decline(enrolment, reason=request.POST.get("reason", ""), by=request.user, now=now)
    drafting.forget(user=request.user, page=request.path)
    finishing.look(enrolment, now=now)
    return redirect("coaching:calls")


def times(request: HttpRequest) -> HttpResponse:
    """Show the free times to choose from."""
    enrolment = enrolment_of(request)
    if not offers.standing(enrolment, now=clock.now()).bookable:
        drafting.forget(user=request.user, page=choices_page.booking_page())
        return redirect("coaching:calls")
    return choices_page.show(request, enrolment, form=None)


def zone(request: HttpRequest) -> HttpResponse:
    """Keep the time zone that somebody lives by; a zone that is not offered changes nothing."""
    enrolment = enrolment_of(request)
    if refusal := stopped(request, enrolment):
        return refusal
    if request.POST.get("zone") in choosing.ZONES:
        enrolment.participant.time_zone = request.POST["zone"]
        enrolment.participant.save(update_fields=["time_zone"])
    drafting.forget(user=request.user, page=request.path)
    return redirect("coaching:times")


def _book(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    form = forms.Choosing(request.POST, needs_phone=not enrolment.participant.phone)
    try:
        chosen = form.is_valid() and _read(form, enrolment)
    except choosing.NotAChoice:
        form.add_error("time", forms.CHOOSE_A_TIME)
        chosen = None
    if not chosen:
        _keep_for_now(form, enrolment)
        return choices_page.show(request, enrolment, form=form, status=TO_PUT_RIGHT)
    return _try(request, enrolment, form, *chosen)


def _read(form: forms.Choosing, enrolment: Enrolment) -> tuple[Coach, datetime]:
    """Return the coach and the time of a form; a coach who is not open to this person is none. Raises NotAChoice."""
    return choosing.read(form.cleaned_data.get("time", ""), coaches=whom.open_to(enrolment))


def _keep_for_now(form: forms.Choosing, enrolment: Enrolment) -> None:
    """Keep the time that was chosen while the rest is put right, where it can be."""
    with contextlib.suppress(choosing.NotAChoice, *REFUSALS):
        coach, starts_at = _read(form, enrolment)
        bookings.hold(coach=coach, starts_at=starts_at, enrolment=enrolment, now=clock.now())


def keep(request: HttpRequest) -> HttpResponse:
    """Keep the time that was chosen for ten minutes, for somebody who wants to look at their rota first."""
    enrolment = enrolment_of(request)
    if refusal := stopped(request, enrolment):
        return refusal
    form = forms.Choosing(request.POST)
    form.full_clean()
    try:
        coach, starts_at = _read(form, enrolment)
        bookings.hold(coach=coach, starts_at=starts_at, enrolment=enrolment, now=clock.now())
    except choosing.NotAChoice:
        form.add_error("time", forms.CHOOSE_A_TIME)
        return choices_page.show(request, enrolment, form=form, status=TO_PUT_RIGHT)
    except (*GONE, bookings.TooLate):
        return choices_page.taken(request, enrolment, form)
    except (offers.NotOffered, consent.NotConsented):
        return _overview(request, enrolment, status=TAKEN)
    return redirect("coaching:times")


def _try(
    request: HttpRequest, enrolment: Enrolment, form: forms.Choosing, coach: Coach, starts_at: datetime
) -> HttpResponse:
    now = clock.now()
    _keep_number(request, enrolment, form.cleaned_data["phone"], now=now)
    try:
        booked = bookings.book(
            coach=coach, starts_at=starts_at, enrolment=enrolment, request=form.cleaned_data["request"],
            by=request.user, now=now, place=form.cleaned_data["place"],
        )  # fmt: skip
    except GONE:
        return choices_page.taken(request, enrolment, form)
    except bookings.TooLate:
        return choices_page.too_late(request, enrolment, form, coach)
    except (offers.NotOffered, consent.NotConsented):
        return _overview(request, enrolment, status=TAKEN)
    drafting.forget(user=request.user, page=choices_page.booking_page())
    return redirect("coaching:call", booked.pk)


def _keep_number(request: HttpRequest, enrolment: Enrolment, typed: str, *, now: datetime) -> None:
    """Keep the number that was typed, and say what it cannot do; where no call can be booked it is not kept."""
    if not typed or not offers.standing(enrolment, now=now).bookable:
        return
    number = numbers_of.put(enrolment.participant, typed, by=request.user, now=now)
    if words := numbers_of.limits(number):
        messages.info(request, words)


def own(request: HttpRequest, booking: uuid.UUID) -> Booking:
    """Return one of this person's bookings. Raises Http404."""
    mine = Booking.objects.filter(participant__user=request.user, pk=booking).exclude(status=Status.HELD)
    found = mine.select_related("coach__user", "enrolment__cohort__programme", "participant__user").first()
    if found is None:
        raise Http404
    return found


def unless_over(request: HttpRequest, mine: Booking) -> HttpResponse | None:
    """Return the way to the page of a call that is cancelled or has begun; None for one that is still to come."""
    if mine.status == Status.CANCELLED or clock.now() >= mine.starts_at:
        return redirect("coaching:call", mine.pk)
    return None


def move(request: HttpRequest, booking: uuid.UUID) -> HttpResponse:
    """Show other times (GET), or move the call to the one that was chosen (POST)."""
    mine = own(request, booking)
    if refusal := stopped(request, mine.enrolment):
        return refusal
    if request.method != "POST":
        return unless_over(request, mine) or choices_page.show(
            request, mine.enrolment, form=None, moving=mine
        )
    form = forms.Choosing(request.POST, moving=True)
    if form.is_valid():
        try:
            coach, starts_at = _read(form, mine.enrolment)
        except choosing.NotAChoice:
            form.add_error("time", forms.CHOOSE_A_TIME)
    if not form.is_valid():
        return choices_page.show(request, mine.enrolment, form=form, moving=mine, status=TO_PUT_RIGHT)
    return _move(request, mine, form, coach, starts_at)


def _move(
    request: HttpRequest, mine: Booking, form: forms.Choosing, coach: Coach, starts_at: datetime
) -> HttpResponse:
    now = clock.now()
    try:
        bookings.move(booking=mine, coach=coach, starts_at=starts_at, by=request.user, now=now)
    except GONE:
        return choices_page.taken(request, mine.enrolment, form, moving=mine)
    except bookings.TooLate:
        if now >= mine.starts_at:
            return render(request, "coaching/too_late.html", {"booking": mine}, status=TAKEN)
        return choices_page.too_late(request, mine.enrolment, form, coach, moving=mine)
    except (bookings.AlreadyCancelled, consent.NotConsented):
        return _overview(request, mine.enrolment, status=TAKEN)
    drafting.forget(user=request.user, page=request.path)
    return redirect("coaching:call", mine.pk)
