"""The page of a programme's coaches: a few lines to one another, meetings among peers, which training they want."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts import drafting, roles
from resilience.accounts.models import Role
from resilience.coaching import community, development_forms, interests, scanning
from resilience.coaching.development_models import PeerSupervision, Post
from resilience.coaching.models import Coach
from resilience.coaching.views.manual import programme_of
from resilience.participants.models import Programme

TO_PUT_RIGHT = 422


def mine(request: HttpRequest, programme: Programme) -> Coach | None:
    """Return the coach of this programme who is signed in; None for a lead who coaches not there."""
    return Coach.objects.filter(user=request.user, programmes=programme, is_active=True).first()


def choose(request: HttpRequest) -> HttpResponse:
    """Show the programmes whose page somebody reads; where there is one, go there."""
    found = community.programmes_of(request.user)
    if len(found) == 1:
        return redirect("coach:community", found[0].slug)
    return render(request, "coaching/community/choose.html", {"programmes": found})


def page(request: HttpRequest, programme: str) -> HttpResponse:
    """Show what coaches wrote and when they meet (GET), or take a few lines (POST), looked through first."""
    one = programme_of(request, programme)
    coach = mine(request, one)
    if request.method != "POST":
        return _page(request, one, coach, drafting.give_back(request, development_forms.Lines()))
    if coach is None:
        raise Http404
    form = development_forms.Lines(request.POST)
    if not form.is_valid():
        return _page(request, one, coach, form, status=TO_PUT_RIGHT)
    try:
        said = form.cleaned_data
        community.post(programme=one, coach=coach, words=said["words"], sure=said["sure"], now=clock.now())
    except community.LookAgain as again:
        return _page(request, one, coach, form, findings=again.findings, status=TO_PUT_RIGHT)
    drafting.forget(user=request.user, page=request.path)
    messages.success(request, _("The others can read it now."))
    return redirect("coach:community", one.slug)


def _page(request: HttpRequest, one: Programme, coach: Coach | None, form: development_forms.Lines, *,
          findings: list[scanning.Finding] | None = None, status: int = 200) -> HttpResponse:  # fmt: skip
    meetings = community.meetings([one], now=clock.now())
    context = {
        "programme": one,
        "coach": coach,
        "form": form,
        "findings": findings,
        "posts": community.posts(one),
        "meetings": [(each, coach in each.coming.all()) for each in meetings],
        "leads": roles.holds(request.user, Role.COACH_LEAD, programme=one.slug),
        "zone": coach.time_zone if coach else one.time_zone,
    }
    return render(request, "coaching/community/page.html", context, status=status)


def take_down(request: HttpRequest, programme: str, post: uuid.UUID) -> HttpResponse:
    """Take a post off the page."""
    one = programme_of(request, programme)
    found = Post.objects.filter(pk=post, programme=one).select_related("coach", "programme").first()
    if found is None:
        raise Http404
    try:
        community.take_down(post=found, by=request.user, now=clock.now())
    except community.NotTheirs:
        raise Http404 from None
    messages.success(request, _("It stands there no more."))
    return redirect("coach:community", one.slug)


def meet(request: HttpRequest, programme: str) -> HttpResponse:
    """Ask when and where coaches meet (GET), or set it (POST)."""
    one = programme_of(request, programme)
    coach = mine(request, one)
    if coach is None:
        raise Http404
    form = development_forms.Meeting(request.POST or None)
    if request.method == "POST" and form.is_valid() and _set(form, one, coach):
        drafting.forget(user=request.user, page=request.path)
        messages.success(request, _("The others can see it now."))
        return redirect("coach:community", one.slug)
    shown = form if form.is_bound else drafting.give_back(request, development_forms.Meeting())
    context = {"form": shown, "programme": one, "zone": coach.time_zone}
    return render(
        request, "coaching/community/meet.html", context, status=TO_PUT_RIGHT if form.is_bound else 200
    )


def _set(form: development_forms.Meeting, one: Programme, coach: Coach) -> bool:
    try:
        community.meet(
            programme=one, coach=coach, starts_at=form.starts_at(coach.time_zone),
            place=form.cleaned_data["place"], now=clock.now(),
        )  # fmt: skip
    except community.Past:
        form.add_error("day", _("Choose a time to come."))
        return False
    return True


def meeting(request: HttpRequest, programme: str, meeting: uuid.UUID) -> HttpResponse:
    """Say that one comes or does not, or call off what one set oneself."""
    one = programme_of(request, programme)
    coach = mine(request, one)
    found = PeerSupervision.objects.filter(pk=meeting, programme=one, called_off_at=None).first()
    if coach is None or found is None:
        raise Http404
    if request.POST.get("do") == "off":
        if not community.call_off(meeting=found.pk, coach=coach, now=clock.now()):
            raise Http404
    else:
        community.come(meeting=found, coach=coach, comes=request.POST.get("do") == "come")
    return redirect("coach:community", one.slug)


def interest(request: HttpRequest, programme: str) -> HttpResponse:
    """Ask which training somebody would take up (GET), or keep it (POST)."""
    one = programme_of(request, programme)
    form = development_forms.Interest(request.POST or None)
    if request.method == "POST" and form.is_valid():
        interests.say(
            user=request.user, programme=one, role=_role(request, one), topics=form.cleaned_data["topics"],
            now=clock.now(),
        )  # fmt: skip
        drafting.forget(user=request.user, page=request.path)
        messages.success(request, _("Thank you. It goes into the plan for coaches' training."))
        return redirect("coach:community", one.slug)
    before = {"topics": interests.of(request.user, one)}
    shown = form if form.is_bound else drafting.give_back(request, development_forms.Interest(initial=before))
    context = {"form": shown, "programme": one}
    return render(
        request, "coaching/community/interest.html", context, status=TO_PUT_RIGHT if form.is_bound else 200
    )


def _role(request: HttpRequest, one: Programme) -> str:
    """Return the role in which somebody answers: as a lead where they lead there."""
    return Role.COACH_LEAD if roles.holds(request.user, Role.COACH_LEAD, programme=one.slug) else Role.COACH
