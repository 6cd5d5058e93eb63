"""A coach's hours on one page: the week, days that differ, absences, how they can be booked, and their calendars."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from resilience import clock, languages
from resilience.accounts import drafting
from resilience.coaching import booking as bookings
from resilience.coaching import cover, forms, hours, hours_forms, own_calendars
from resilience.coaching.hours_models import Absence, BusyFeed
from resilience.coaching.models import AvailabilityException, Coach
from resilience.coaching.views import coach as coach_views

TO_PUT_RIGHT = 422
DAYS, ABSENCES, TERMS, BUSY, FEED = "days", "absences", "terms", "busy", "feed"  # ids of the page's headings
A_MONDAY = date(2026, 11, 2)
Faulty = dict[str, BaseForm]


def edit(request: HttpRequest) -> HttpResponse:
    """Show a coach's hours (GET), or do what one of the page's buttons asks for (POST)."""
    coach, now = coach_views.mine(request), clock.now()
    if request.method != "POST":
        week = drafting.give_back(request, forms.Week(initial=hours.week(coach)))
        return _page(request, coach, {"week": week}, now=now)
    act = next((act for name, act in ACTS.items() if name in request.POST), _week)
    faulty = act(request, coach, now)
    if faulty:
        return _page(request, coach, faulty, now=now, status=TO_PUT_RIGHT)
    there = PLACES.get(act, "")
    return redirect(reverse("coach:hours") + (f"#{there}" if there else ""))


def _say(request: HttpRequest, words: str, *, at: str) -> None:
    """Say it below the heading that the page goes to, where the one who pressed the button looks."""
    messages.success(request, words, extra_tags=at)


def _week(request: HttpRequest, coach: Coach, now: datetime) -> Faulty | None:
    form = forms.Week(request.POST)
    if not form.is_valid():
        return {"week": form}
    hours.set_week(coach, form.stretches, by=request.user, now=now)
    drafting.forget(user=request.user, page=request.path)
    messages.success(request, _("Your hours are saved."))
    for stretch in form.stretches:
        if stretch.ends < stretch.starts:
            messages.info(
                request, _("%(day)s: these hours end on the next day.") % {"day": _day_name(stretch.weekday)}
            )
    return None


def _day_off(request: HttpRequest, coach: Coach, now: datetime) -> Faulty | None:
    form = forms.DayOff(request.POST)
    if not form.is_valid():
        return {"day_off": form}
    off = AvailabilityException.Kind.NONE
    day = form.cleaned_data["date"]
    hours.change_day(coach, day, kind=off, by=request.user, now=now)
    _say(request, _("You are off on %(day)s.") % {"day": _date(day)}, at=DAYS)
    return None


def _other_day(request: HttpRequest, coach: Coach, now: datetime) -> Faulty | None:
    form = hours_forms.OtherDay(request.POST)
    if not form.is_valid():
        return {"other": form}
    told = form.cleaned_data
    hours.change_day(
        coach, told["date"], kind=told["kind"], starts=told["starts"], ends=told["ends"], by=request.user, now=now
    )  # fmt: skip
    _say(request, _("This day is changed."), at=DAYS)
    return None


def _as_usual(request: HttpRequest, coach: Coach, now: datetime) -> None:
    form = forms.DayOff({"date": request.POST["give_back"]})
    if form.is_valid():
        day = form.cleaned_data["date"]
        hours.as_usual(coach, day, by=request.user, now=now)
        _say(request, _("%(day)s is as usual again.") % {"day": _date(day)}, at=DAYS)


def _away(request: HttpRequest, coach: Coach, now: datetime) -> Faulty | None:
    form = hours_forms.Away(request.POST, today=cover.today(coach, now=now))
    if not form.is_valid():
        return {"away": form}
    hours.be_away(
        coach, first=form.cleaned_data["first"], last=form.cleaned_data["last"], by=request.user, now=now
    )
    _say(request, _("Nobody can book you on these days."), at=ABSENCES)
    return None


def _back(request: HttpRequest, coach: Coach, now: datetime) -> None:
    if (absence := _key(request.POST["come_back"])) is not None:
        hours.be_back(coach, absence, by=request.user, now=now)
        _say(request, _("You can be booked on these days again."), at=ABSENCES)


def _terms(request: HttpRequest, coach: Coach, now: datetime) -> Faulty | None:
    form = hours_forms.Terms(request.POST, coach=coach)
    if not form.is_valid():
        return {"terms": form}
    hours.set_terms(coach, form.terms, by=request.user, now=now)
    _say(request, _("This is saved. Calls that are booked stay as they are."), at=TERMS)
    return None


def _own_calendar(request: HttpRequest, coach: Coach, now: datetime) -> Faulty | None:
    form = hours_forms.OwnCalendar(request.POST, near=settings.CALENDARS_MAY_BE_NEAR)
    if not form.is_valid():
        return {"own": form}
    own_calendars.give(coach, form.cleaned_data["address"], by=request.user, now=now)
    _say(request, _("Your calendar is being read. Look again in a minute."), at=BUSY)
    return None


def _no_calendar(request: HttpRequest, coach: Coach, now: datetime) -> None:
    own_calendars.take_away(coach, by=request.user, now=now)
    _say(request, _("This calendar is forgotten. Its times are free again."), at=BUSY)


def _renew(request: HttpRequest, coach: Coach, now: datetime) -> None:
    cover.renew_feed(coach, by=request.user, now=now)
    _say(request, _("The old address is dead. Give your calendar the new one."), at=FEED)


def _ask_to_move(request: HttpRequest, coach: Coach, now: datetime) -> None:
    key = _key(request.POST["ask_to_move"])
    booking = key and cover.booking_of(coach, key, now=now)
    if not booking:
        return
    try:
        cover.ask_to_move(booking, by=request.user, now=now)
    except bookings.TooLate:
        return
    messages.success(request, _("They are asked to pick another time. Until they do, the call stays."))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


ACTS: dict[str, Callable[[HttpRequest, Coach, datetime], Faulty | None]] = {
    "take_off": _day_off,
    "change_day": _other_day,
    "give_back": _as_usual,
    "go_away": _away,
    "come_back": _back,
    "set_terms": _terms,
    "own_calendar": _own_calendar,
    "forget_calendar": _no_calendar,
    "renew_feed": _renew,
    "ask_to_move": _ask_to_move,
}

PLACES = {
    _day_off: DAYS, _other_day: DAYS, _as_usual: DAYS, _away: ABSENCES, _back: ABSENCES, _terms: TERMS,
    _own_calendar: BUSY, _no_calendar: BUSY, _renew: FEED,
}  # fmt: skip


def _page(
    request: HttpRequest, coach: Coach, given: Faulty, *, now: datetime, status: int = 200
) -> HttpResponse:
    today = cover.today(coach, now=now)
    filled = {
        "week": forms.Week(initial=hours.week(coach)),
        "day_off": forms.DayOff(),
        "other": hours_forms.OtherDay(),
        "away": hours_forms.Away(today=today),
        "terms": hours_forms.Terms(coach=coach),
        "own": hours_forms.OwnCalendar(),
    } | given
    feed = BusyFeed.objects.filter(coach=coach).first()
    context = filled | {
        "coach": coach,
        "days": [_day(filled["week"], weekday) for weekday in range(7)],
        "changed": AvailabilityException.objects.filter(coach=coach, date__gte=today).order_by(
            "date", "starts"
        ),
        "absences": Absence.objects.filter(coach=coach, last_date__gte=today),
        "outside": hours.outside(coach, now=now),
        "asked": cover.asked_to_move(coach),
        "faults": _faults(filled),
        "own_feed": feed,
        "own_stale": feed is not None and own_calendars.is_stale(feed, now=now),
        "feed": request.build_absolute_uri(f"/coach/calendar/{coach.calendar_secret}.ics"),
        "zone": coach.time_zone,
    }
    return render(request, "coaching/hours.html", context, status=status)


def _date(day: date) -> str:
    return languages.day(day, "l j F")


def _day_name(weekday: int) -> str:
    return languages.day(A_MONDAY + timedelta(days=weekday), "l")


def _day(week: BaseForm, weekday: int) -> dict:
    """Return a day's two stretches, each from and to; the second is folded until there is something in it."""
    first, second = (
        [week[hours.name(weekday, part, end)] for end in ("from", "to")] for part in range(hours.PARTS)
    )
    unfolded = any(field.value() or field.errors for field in second)
    return {"name": _day_name(weekday), "first": first, "second": second, "unfolded": unfolded}


def _faults(filled: Faulty) -> list[dict]:
    """Return the faults of every form on the page; those of the week say of which day."""
    found = []
    for which, form in filled.items():
        for name, wrong in form.errors.items():
            before = f"{_day_name(int(name[3]))}: " if which == "week" else ""
            target = _target(form, name)
            found += [{"target": target, "words": f"{before}{words}"} for words in wrong]
    return found


def _target(form: BaseForm, name: str) -> str:
    field = form[name].id_for_label or form[name].auto_id
    return f"{field}_0" if name == "kind" and not field.endswith("_0") else field
