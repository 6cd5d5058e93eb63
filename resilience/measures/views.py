"""The pages on which somebody answers: what is due, one instrument on one page, then people to talk to."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts import drafting
from resilience.measures import (
    catalogue,
    coming,
    forms,
    occasions,
    people_page,
    permission,
    responses,
    talking,
    timepoints,
)
from resilience.measures.instrument import Instrument
from resilience.measures.models import Occasion, Timepoint
from resilience.participants import consent, enrolments
from resilience.participants.models import Enrolment, Programme, Purpose

STOPPED = 409
TO_PUT_RIGHT = 422


def due(request: HttpRequest) -> HttpResponse:
    """Show what is due: how many questions, how many minutes, and where to begin."""
    enrolment = enrolments.current(request.user)
    if enrolment is None:
        return render(request, "measures/due.html", {"sittings": []})
    if enrolment.withdrawn_at is not None:
        return render(request, "measures/due.html", {"sittings": [], "stopped": True})
    now = clock.now()
    mine = enrolments.living(request.user)
    context = {
        "sittings": [row for each in mine for row in _sittings(each, named=len(mine) > 1, now=now)],
        "evaluated": consent.given(enrolment, Purpose.EVALUATION),
        "to_come": coming.of(enrolment, now=now),
    }
    return render(request, "measures/due.html", context)


def _sittings(enrolment: Enrolment, *, named: bool, now: datetime) -> list[dict]:
    """Return what is due in one programme, which is `named` where somebody takes part in several."""
    timepoints.refresh(enrolment=enrolment, now=now)
    open_now = occasions.due(enrolment.respondent, now=now)
    occasions.note_opened(open_now, at=now)
    by_timepoint: dict = {}
    for occasion in open_now:
        by_timepoint.setdefault(occasion.timepoint, []).append(occasion)
    programme = enrolment.cohort.programme
    return [_sitting(timepoint, mine, programme, named=named) for timepoint, mine in by_timepoint.items()]


def _sitting(timepoint: Timepoint, mine: list[Occasion], programme: Programme, *, named: bool) -> dict:
    parts = [(each, _shown(each, programme)) for each in mine]
    return {
        "timepoint": timepoint,
        "programme": programme if named else None,
        "begin": _address(mine[0], programme.slug if named else ""),
        "closes_at": min(each.closes_at for each in mine),
        "parts": parts,
        "questions": sum(len(instrument.asked) for _each, instrument in parts),
        "minutes": catalogue.minutes_of(instrument for _each, instrument in parts),
    }


def _address(occasion: Occasion, programme: str) -> str:
    """Return where an instrument is answered; with the programme in it for somebody who takes part in several."""
    names = [occasion.timepoint.key, occasion.instrument]
    if programme:
        return reverse("measures:of-programme", args=[programme, *names])
    return reverse("measures:instrument", args=names)


def _shown(occasion: Occasion, programme: Programme) -> Instrument:
    """Return the instrument of an occasion, without the items that its person may not be asked."""
    return permission.shown(catalogue.get(occasion.instrument, programme=programme), occasion.respondent)


def instrument(request: HttpRequest, timepoint: str, instrument: str, programme: str = "") -> HttpResponse:
    """Show one instrument (GET) or take its answers (POST)."""
    occasion = occasions.of(request.user, timepoint=timepoint, instrument=instrument, programme=programme)
    if occasion is None or not occasions.may_be_shown(occasion.instrument):
        raise Http404
    if request.method == "POST":
        return people_page.beside(request, occasion, _take)
    return _show(request, occasion)


def _show(request: HttpRequest, occasion: Occasion) -> HttpResponse:
    if not _open(occasion, now=clock.now()):
        return _closed(request, occasion)
    if occasions.not_asked(occasion.respondent, [occasion.instrument]):
        messages.info(request, _("These questions are not asked at the moment."))
        return redirect("measures:due")
    if occasion.responses.exists():
        return redirect(_next(request, occasion))
    occasions.note_opened([occasion], at=clock.now())
    kept = drafting.kept(user=request.user, page=request.path)
    typed = _typed(kept, occasion)
    return _page(request, occasion, _form(occasion, initial=typed), given_back=bool(typed))


def _typed(kept: object, occasion: Occasion) -> dict:
    prefix = f"{occasion.instrument}-"
    return {name.removeprefix(prefix): kept[name] for name in kept or {} if name.startswith(prefix)}


def _form(occasion: Occasion, data: object = None, initial: dict | None = None) -> forms.Answers:
    asked = permission.shown(talking.asked(occasion), occasion.respondent)
    return forms.build(asked, data, profession=occasion.respondent.profession, initial=initial)


def _open(occasion: Occasion, *, now: datetime) -> bool:
    return occasion.open_at(now) and occasion.respondent.enrolment.withdrawn_at is None


def _take(request: HttpRequest, occasion: Occasion) -> HttpResponse:
    if not _open(occasion, now=clock.now()):
        return _closed(request, occasion)
    if "later" in request.POST:
        drafting.save(user=request.user, page=request.path, posted=request.POST)
        messages.info(request, _("Kept. Your answers wait on the page until you come back to it."))
        return redirect("measures:due")
    form = _form(occasion, request.POST)
    if not form.is_valid():
        return _page(request, occasion, form, status=TO_PUT_RIGHT)
    if not form.answers and "empty" not in request.POST and not occasion.responses.exists():
        return _page(request, occasion, form, status=TO_PUT_RIGHT, ask_if_empty=True)
    return _store(request, occasion, form)


def _store(request: HttpRequest, occasion: Occasion, form: forms.Answers) -> HttpResponse:
    try:
        responses.submit(occasion=occasion, answers=form.answers, at=clock.now())
    except permission.NotAgreed:
        raise Http404 from None
    except (responses.Stopped, responses.NotOpen) as why:
        return _closed(request, occasion, stopped=isinstance(why, responses.Stopped))
    drafting.forget(user=request.user, page=request.path)
    return redirect(_next(request, occasion))


def _closed(request: HttpRequest, occasion: Occasion, *, stopped: bool = False) -> HttpResponse:
    """Say why this page takes no answers: the person has stopped, or its time is over."""
    stopped = stopped or occasion.respondent.enrolment.withdrawn_at is not None
    refused = request.method == "POST"
    context = {
        "stopped": stopped,
        "refused": refused,
        "typed": _chosen(request, occasion) if refused and not stopped else [],
        "overtaken": occasion.overtaken_at is not None,
    }
    return render(request, "measures/closed.html", context, status=STOPPED if refused else 200)


def _chosen(request: HttpRequest, occasion: Occasion) -> list[tuple[str, str]]:
    """Return what was chosen on a page that is no longer taken, in words, so that nobody wonders what it was."""
    form = _form(occasion, request.POST)
    labels = {name: dict(field.choices) for name, field in form.fields.items()}
    chosen = {name: request.POST.get(form.add_prefix(name), "") for name in labels}
    return [
        (form.fields[name].label, labels[name][value])
        for name, value in chosen.items()
        if value in labels[name]
    ]


def _next(request: HttpRequest, occasion: Occasion) -> str:
    """Return the address of the next instrument of this sitting, or of the page after the last."""
    for other in occasions.due(occasion.respondent, now=clock.now()):
        if other.timepoint_id == occasion.timepoint_id:
            return _address(other, request.resolver_match.kwargs.get("programme", ""))
    return reverse("measures:after", args=[occasion.timepoint.key])


def _page(
    request: HttpRequest, occasion: Occasion, form: forms.Answers, status: int = 200, **further: bool
) -> HttpResponse:
    left = occasions.due(occasion.respondent, now=clock.now())
    mine = [each for each in left if each.timepoint_id == occasion.timepoint_id]
    context = {
        "occasion": occasion,
        "instrument": form.instrument,
        "form": form,
        "pages_left": len(mine),
        "faults": _faults(form),
        "people": talking.people_for(occasion, form.data if form.is_bound else _prefixed(form)),
        **further,
    }
    return render(request, "measures/instrument.html", context, status=status)


def _prefixed(form: forms.Answers) -> dict:
    return {form.add_prefix(key): value for key, value in form.initial.items()}


def _faults(form: forms.Answers) -> list[dict]:
    if not form.is_bound:
        return []
    return [
        {"target": f"id_{form.add_prefix(key)}_0", "words": f"{form.fields[key].label}: {messages[0]}"}
        for key, messages in form.errors.items()
    ]


def after(request: HttpRequest, timepoint: str) -> HttpResponse:
    """Show everybody, whatever they answered, the same page of people to talk to."""
    enrolment = enrolments.current(request.user)
    if enrolment is None:
        raise Http404
    return render(request, "measures/after.html", {"routes": talking.routes_of(enrolment)})
