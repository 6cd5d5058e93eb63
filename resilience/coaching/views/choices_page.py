"""The page of free times, for booking and for moving; with other times where one is gone."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience import clock
from resilience.accounts import drafting
from resilience.coaching import choosing, forms, guides, holds, notices, offers, reaching, whom
from resilience.coaching.models import Booking, Coach
from resilience.coaching.ways import Place
from resilience.participants.models import Enrolment

GONE = 409


def show(
    request: HttpRequest, enrolment: Enrolment, *, form: forms.Choosing | None, moving: Booking | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Show the next free times as radio buttons by day."""
    programme, zone = enrolment.cohort.programme, enrolment.participant.time_zone
    coaches, now = whom.open_to(enrolment), clock.now()
    typed = form.data if form else (kept(request, page=request.path if moving else booking_page()) or {})
    asked = form.data if form else request.GET
    picked = typed.get("time", "") or asked.get("time", "")
    wish = whom.Wish.read(asked, coaches=coaches)
    chosen = _chosen(coaches, asked.get("coach"), moving)
    held, after = None if moving else holds.of(enrolment, now=now), choosing.moment(asked.get("after", ""))
    choices = choosing.times(
        coaches=[chosen] if chosen else wish.among(coaches, enrolment),
        participant=enrolment.participant,
        minutes=programme.call_minutes,
        now=now,
        after=after,
        picked=_picked(picked, coaches) or (held and (held.coach, held.starts_at)),
        leaving_out=moving or held,
    )
    context = {
        **_free(choices),
        **_offered(coaches, wish, enrolment),
        "chosen": chosen,
        "held": held,
        "after": choosing.stamp(after) if after else "",
        "programme": programme,
        "guide": guides.of(programme),
        "zone": zone,
        **({} if moving else _clocks(request, zone)),
        "form": form,
        "faults": _faults(form, choices),
        "picked": picked or _of_held(held),
        **_typed(typed),
        **_numbers(enrolment),
        "once": _once(form),
        "given_back": {"given_back": bool(form is None and typed)},
        "draft_token": drafting.token(request, page="" if moving else booking_page()),
        "needs_phone": moving is None and not enrolment.participant.phone,
        "moving": moving,
        "early": moving is None and not offers.opened(enrolment, now=now),
        "here": request.path if request.method != "POST" or moving else reverse("coaching:times"),
    }
    return render(request, "coaching/times.html", context, status=status)


def _numbers(enrolment: Enrolment) -> dict:
    return {"number": notices.number(), "texts": reaching.why_no_texts(enrolment.participant)}


def _free(choices: choosing.Choices) -> dict:
    return {"choices": choices, "later": choosing.stamp(choices.later) if choices.later else ""}


def _of_held(held: Booking | None) -> str:
    """Return the value of the radio button of a time that is kept; empty where none is."""
    return choosing.value(held.coach, held.starts_at) if held else ""


def _typed(typed: Mapping[str, str]) -> dict:
    """Return what stands in the form beside the time: where they will be, and the number."""
    return {
        "places": Place.choices,
        "place": typed.get("place", ""),
        "typed_phone": typed.get("phone", ""),
    }


def _offered(coaches: Sequence[Coach], wish: whom.Wish, enrolment: Enrolment) -> dict:
    """Return what is said of the coaches who are as wished, and what they can be looked for by."""
    return {
        "coaches": coaches,
        "facts": whom.facts(wish.among(coaches, enrolment), enrolment),
        "wish": wish,
        "filters": _filters(coaches),
    }


def _filters(coaches: Sequence[Coach]) -> list[dict]:
    """Return what a coach can be looked for by: only where the coaches differ in it."""
    spoken = [(name, name) for name in whom.languages(coaches)]
    differ = {whom.worked_with_patients(coach) for coach in coaches} - {""}
    known = any(coach.organisation_id for coach in coaches)
    return [
        {"name": name, "label": label, "options": options}
        for name, label, options, offered in (
            ("language", _("Who speaks"), spoken, len(spoken) > 1),
            ("background", _("Background"), whom.BACKGROUNDS, len(differ) > 1),
            ("where", _("Place of work"), whom.WHERE, known),
        )
        if offered
    ]


def _chosen(coaches: Sequence[Coach], slug: str | None, moving: Booking | None) -> Coach | None:
    """Return the coach whose times are shown, or None for anybody's; a call that is moved keeps its coach at first."""
    if slug is None and moving is not None:
        slug = moving.coach.slug
    return next((coach for coach in coaches if coach.slug == slug), None)


def taken(
    request: HttpRequest, enrolment: Enrolment, form: forms.Choosing, *, moving: Booking | None = None
) -> HttpResponse:
    """Show other times where somebody was quicker."""
    form.add_error("time", _("That time has just been taken. Please choose another."))
    return show(request, enrolment, form=form, moving=moving, status=GONE)


def too_late(
    request: HttpRequest,
    enrolment: Enrolment,
    form: forms.Choosing,
    coach: Coach,
    *,
    moving: Booking | None = None,
) -> HttpResponse:
    """Show other times where the chosen one is too near."""
    hours = coach.notice_hours
    words = ngettext(
        "Choose a time at least %(hours)s hour from now.",
        "Choose a time at least %(hours)s hours from now.",
        hours,
    )
    form.add_error("time", words % {"hours": hours})
    return show(request, enrolment, form=form, moving=moving, status=GONE)


def booking_page() -> str:
    """Return the address to which a chosen time is posted."""
    return reverse("coaching:calls")


def kept(request: HttpRequest, *, page: str | None = None) -> QueryDict | None:
    """Return what was chosen on a page before the sign-in ended, or None."""
    return drafting.kept(user=request.user, page=page or booking_page())


def proposed(enrolment: Enrolment, *, now: datetime) -> choosing.Choice | None:
    """Return the first free time, for somebody to whom one is proposed; None where there is none."""
    programme = enrolment.cohort.programme
    found = choosing.times(
        coaches=whom.open_to(enrolment),
        participant=enrolment.participant,
        minutes=programme.call_minutes,
        now=now,
    )
    return found.days[0][1][0] if found.any else None


def _clocks(request: HttpRequest, zone: str) -> dict:
    """Return what the choice of a time zone needs, with what was chosen before the sign-in ended."""
    page = reverse("coaching:zone")
    picked = (kept(request, page=page) or {}).get("zone", "")
    return {
        "zones": choosing.ZONES,
        "zone_picked": picked,
        "zone_shown": picked or zone,
        "zone_given_back": {"given_back": bool(picked)},
        "zone_token": drafting.token(request, page=page),
    }


def _picked(value: str, coaches: Sequence[Coach]) -> tuple[Coach, datetime] | None:
    try:
        return choosing.read(value, coaches=coaches)
    except choosing.NotAChoice:
        return None


def _once(form: forms.Choosing | None) -> str:
    if form is not None and "request" not in form.errors:
        return str(form.data.get("request", ""))
    return str(uuid.uuid4())


def _faults(form: forms.Choosing | None, choices: choosing.Choices) -> list[dict]:
    if form is None:
        return []
    targets = {"time": "id_time_0" if choices.any else "", "phone": "id_phone"}
    return [
        {"target": targets.get(name, ""), "words": words}
        for name, messages in form.errors.items()
        for words in messages
    ]
