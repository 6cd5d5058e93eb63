"""A coach's weekly hours and days off, in a plain form."""

from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts import drafting
from resilience.coaching import forms, hours
from resilience.coaching.models import AvailabilityException, Coach
from resilience.coaching.views import coach as coach_views

TO_PUT_RIGHT = 422
A_MONDAY = date(2026, 11, 2)


def edit(request: HttpRequest) -> HttpResponse:
    """Show a coach's hours (GET), or change the week, take a day off or give one back (POST)."""
    coach, now = coach_views.mine(request), clock.now()
    if request.method != "POST":
        week = drafting.give_back(request, forms.Week(initial=hours.week(coach)))
        return _page(request, coach, week, forms.DayOff())
    if "take_off" in request.POST:
        return _day_off(request, coach, now=now)
    if "give_back" in request.POST:
        return _give_back(request, coach, now=now)
    return _week(request, coach, now=now)


def _week(request: HttpRequest, coach: Coach, *, now: datetime) -> HttpResponse:
    form = forms.Week(request.POST)
    if not form.is_valid():
        return _page(request, coach, form, forms.DayOff(), status=TO_PUT_RIGHT)
    hours.set_week(coach, form.stretches, by=request.user, now=now)
    drafting.forget(user=request.user, page=request.path)
    messages.success(request, _("Your hours are saved."))
    for stretch in form.stretches:
        if stretch.ends < stretch.starts:
            messages.info(
                request, _("%(day)s: these hours end on the next day.") % {"day": _day_name(stretch.weekday)}
            )
    return redirect("coach:hours")


def _day_off(request: HttpRequest, coach: Coach, *, now: datetime) -> HttpResponse:
    form = forms.DayOff(request.POST)
    if not form.is_valid():
        return _page(request, coach, forms.Week(initial=hours.week(coach)), form, status=TO_PUT_RIGHT)
    hours.take_off(coach, form.cleaned_data["date"], by=request.user, now=now)
    return redirect("coach:hours")


def _give_back(request: HttpRequest, coach: Coach, *, now: datetime) -> HttpResponse:
    form = forms.DayOff({"date": request.POST["give_back"]})
    if form.is_valid():
        hours.work_after_all(coach, form.cleaned_data["date"], by=request.user, now=now)
    return redirect("coach:hours")


def _page(
    request: HttpRequest, coach: Coach, week: forms.Week, day_off: forms.DayOff, status: int = 200
) -> HttpResponse:
    now = clock.now()
    off = AvailabilityException.objects.filter(
        coach=coach, kind=AvailabilityException.Kind.NONE, date__gte=clock.local_day(now, coach.time_zone)
    )
    context = {
        "coach": coach,
        "week": week,
        "days": [(_day_name(weekday), _parts(week, weekday)) for weekday in range(7)],
        "day_off": day_off,
        "off": off.order_by("date"),
        "outside": hours.outside(coach, now=now),
        "faults": _faults(week, day_off),
        "feed": request.build_absolute_uri(f"/coach/calendar/{coach.calendar_secret}.ics"),
        "zone": coach.time_zone,
    }
    return render(request, "coaching/hours.html", context, status=status)


def _day_name(weekday: int) -> str:
    return formats.date_format(A_MONDAY + timedelta(days=weekday), "l")


def _parts(week: forms.Week, weekday: int) -> list[tuple]:
    return [
        (week[hours.name(weekday, part, "from")], week[hours.name(weekday, part, "to")])
        for part in range(hours.PARTS)
    ]


def _faults(week: forms.Week, day_off: forms.DayOff) -> list[dict]:
    named = [
        {"target": f"id_{name}", "words": f"{_day_name(int(name[3]))}: {words}"}
        for name, messages in week.errors.items()
        for words in messages
    ]
    return named + [
        {"target": "id_date", "words": words} for messages in day_off.errors.values() for words in messages
    ]
