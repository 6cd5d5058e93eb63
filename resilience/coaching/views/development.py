"""A coach's own pages: what comes before the first call, how the craft looks to them and to a peer, their log."""

import uuid

import structlog
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from resilience import clock, pdf
from resilience.accounts import drafting
from resilience.coaching import competencies, development_forms, domains, drift, log, minimum
from resilience.coaching.development_models import CompetencyProfile
from resilience.coaching.models import Coach
from resilience.coaching.views import coach as coach_views
from resilience.measures import forms as measure_forms

TO_PUT_RIGHT = 422
words = structlog.get_logger(__name__)


def development(request: HttpRequest) -> HttpResponse:
    """Show what comes before the first call, the newest profiles, whom to ask, and the share of advice."""
    coach, now = coach_views.mine(request), clock.now()
    seen = competencies.seen(coach)
    waiting = CompetencyProfile.objects.filter(coach=coach, answered_at=None).select_related("by")
    context = {
        "coach": coach,
        **minimum.stands(coach),
        "due": competencies.is_due(coach, now=now),
        "seen": seen,
        "bars": domains.bars(*competencies.newest(seen)),
        "waiting": waiting,
        "peers": competencies.peers_of(coach),
        "asked": competencies.asked_of(coach),
        "blocks": drift.blocks(coach),
        "fewest": drift.FEWEST,
    }
    return render(request, "coaching/development/page.html", context)


def profile(request: HttpRequest) -> HttpResponse:
    """Ask the coach the fifteen statements about their own craft (GET), or take the answers (POST)."""
    coach = coach_views.mine(request)
    if request.method != "POST":
        return _statements(request, drafting.give_back(request, competencies.form()))
    form = competencies.form(request.POST)
    if faults := _faults(form, fewest=competencies.IN_A_DOMAIN):
        return _statements(request, form, faults=faults)
    competencies.answer_own(coach=coach, answers=form.answers, now=clock.now())
    drafting.forget(user=request.user, page=request.path)
    messages.success(request, _("Kept. Nobody else is shown it."))
    return redirect("coach:development")


def peer(request: HttpRequest, profile: uuid.UUID) -> HttpResponse:
    """Ask a peer how they see a coach who named them (GET), or take the answers (POST)."""
    mine = coach_views.mine(request)
    asked = (
        CompetencyProfile.objects.filter(pk=profile, by=mine, answered_at=None)
        .select_related("coach")
        .first()
    )
    if asked is None or asked.coach_id == mine.pk:
        raise Http404
    if request.method != "POST":
        return _statements(request, drafting.give_back(request, competencies.form()), about=asked.coach)
    form = competencies.form(request.POST)
    if faults := _faults(form, fewest=0):
        return _statements(request, form, about=asked.coach, faults=faults)
    competencies.answer_for(profile=asked, answers=form.answers, now=clock.now())
    drafting.forget(user=request.user, page=request.path)
    messages.success(request, _("Kept. They can read it now, and nobody else can."))
    return redirect("coach:development")


def _statements(request: HttpRequest, form: measure_forms.Answers, *, about: Coach | None = None,
                faults: list | None = None) -> HttpResponse:  # fmt: skip
    context = {"form": form, "domains": competencies.domains_of(form), "about": about, "faults": faults}
    return render(
        request, "coaching/development/profile.html", context, status=TO_PUT_RIGHT if faults else 200
    )


def _faults(form: measure_forms.Answers, *, fewest: int) -> list[dict]:
    """Return what is to be put right: odd answers, and domains that say too little for a picture."""
    if not form.is_valid():
        return [
            {"target": f"id_{form.add_prefix(key)}_0", "words": found[0]}
            for key, found in form.errors.items()
        ]
    return [
        {
            "target": f"{fields[0].auto_id}_0",
            "words": _("%(domain)s: answer at least two.") % {"domain": name},
        }
        for name, fields in competencies.domains_of(form)
        if sum(field.name in form.answers for field in fields) < fewest
    ]


def ask(request: HttpRequest) -> HttpResponse:
    """Ask a peer for their view."""
    coach = coach_views.mine(request)
    named = {each.slug: each for each in competencies.peers_of(coach)}
    chosen = named.get(request.POST.get("peer", ""))
    if chosen is None:
        raise Http404
    competencies.ask(coach=coach, peer=chosen, now=clock.now())
    messages.success(request, _("Asked. %(name)s finds it on their own page.") % {"name": chosen.shown_name})
    return redirect("coach:development")


def own_log(request: HttpRequest) -> HttpResponse:
    """Show a coach's own log with a field for the next entry (GET), or keep one (POST)."""
    coach = coach_views.mine(request)
    form = development_forms.Entry(request.POST or None)
    if request.method == "POST" and form.is_valid():
        log.write(coach=coach, words=form.cleaned_data["words"], now=clock.now())
        drafting.forget(user=request.user, page=request.path)
        messages.success(request, _("Kept."))
        return redirect("coach:log")
    shown = form if form.is_bound else drafting.give_back(request, development_forms.Entry())
    context = {"form": shown, "entries": log.of(coach), "zone": coach.time_zone}
    return render(
        request, "coaching/development/log.html", context, status=TO_PUT_RIGHT if form.is_bound else 200
    )


@never_cache
def printed(request: HttpRequest) -> HttpResponse:
    """Return the coach's profiles as a PDF: made when asked for, and stored nowhere."""
    coach = coach_views.mine(request)
    seen = competencies.seen(coach)
    if not seen:
        raise Http404
    try:
        raw = domains.printed(coach, seen)
    except pdf.Unavailable as missing:
        words.warning("no PDF can be made", why=str(missing))
        messages.error(
            request, _("No PDF can be made here at the moment. Everything in it stands on this page.")
        )
        return redirect("coach:development")
    answer = HttpResponse(raw, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="my-coaching.pdf"'
    return answer
