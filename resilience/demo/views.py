"""The demonstration's desk: one-click sign-in, outgoing e-mail, both handsets and the clock."""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from resilience import clock
from resilience.accounts import device, second_factor
from resilience.accounts.models import User
from resilience.demo import mailbox, moving, people, run, telephones

BACKEND = "resilience.accounts.backend.RoleBackend"
NAMES = {"participant": gettext_lazy("Participant's handset"), "coach": gettext_lazy("Coach's handset")}


@never_cache
def desk(request: HttpRequest, *, faults: tuple = (), status: int = 200) -> HttpResponse:
    """Show everything that happens outside the browser."""
    chosen = _chosen(request)
    handsets, others, trouble = [], [], ""
    try:
        handsets = telephones.pair(user=request.user, chosen=chosen)
        others = telephones.others()
    except telephones.Refused as refused:
        trouble = str(refused)
    context = {
        "faults": faults,
        "handsets": [(NAMES[handset.side], handset) for handset in handsets],
        "keys": "123456789*0#",
        "chosen": urlencode(chosen),
        "others": others,
        "trouble": trouble,
        "mails": mailbox.newest(),
        "now": clock.now(),
        "roles": [*run.ROLES, "coach-2", "coach-3", "editor-2", "safeguarding-2"],
        "has_call": moving.next_call(clock.now()) is not None,
    }
    return render(request, "demo/desk.html", context, status=status)


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Return the telephones that were chosen by hand; every button of the desk carries them on."""
    return {side: request.GET[side] for side in telephones.SIDES if request.GET.get(side)}


def _to_the_desk(chosen: dict[str, str]) -> HttpResponse:
    return redirect(f"{reverse('demo:desk')}?{urlencode(chosen)}" if chosen else "demo:desk")


@never_cache
def sign_in(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as somebody of the demonstration, the second factor recorded as given."""
    user = User.objects.filter(email=people.address(role), is_active=True).first()
    if user is None:
        raise Http404
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="code")
    if user.is_staff:
        second_factor.record_as_given(request)
    device.choose(request, device.OWN)
    there = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}):
        return redirect(there)
    return redirect("/after-sign-in/")


def clock_on(request: HttpRequest) -> HttpResponse:
    """Move the clock on, by a button or to a moment; whoever does it here stays signed in, others are told of."""
    before = clock.now()
    try:
        moving.go(_moment(request))
    except moving.NothingComes:
        messages.info(request, _("Nothing is booked or due. Move the clock by a day instead."))
        return _to_the_desk(_chosen(request))
    except clock.NeverBack:
        return _refuse(request, _("The clock only goes on. Choose a later time."))
    except (ValueError, KeyError):
        return _refuse(request, _("Write the time like 2026-11-03T14:30:00Z."))
    if request.user.is_authenticated:
        device.begin(request=request, user=request.user)
        device.choose(request, device.OWN)
    elif (clock.now() - before).total_seconds() > device.TEN_MINUTES:
        messages.info(
            request, _("Coaches and other staff are signed out after ten minutes. Open their link again.")
        )
    return _to_the_desk(_chosen(request))


def _moment(request: HttpRequest) -> object:
    if step := request.POST.get("step"):
        shown = telephones.DEFAULTS | _chosen(request)
        return moving.target(step, user=request.user, now=clock.now(), numbers=shown.values())
    moment = moving.parse(request.POST.get("to", ""))
    if moment is None:
        raise ValueError
    return moment


def _refuse(request: HttpRequest, words: str) -> HttpResponse:
    return desk(request, faults=({"target": "id_to", "words": words},), status=422)


def handset(request: HttpRequest, side: str, action: str) -> HttpResponse:
    """Do with a handset what a person would do, and show the desk again."""
    if side not in telephones.SIDES or action not in telephones.ACTIONS:
        raise Http404
    number = request.POST.get("number") or telephones.DEFAULTS[side]
    try:
        telephones.act(
            number, action, request.POST.get("key", ""), body=request.POST.get("body", ""),
            withheld="withheld" in request.POST,
        )  # fmt: skip
    except telephones.Refused as refused:
        messages.warning(request, str(refused))
    return _to_the_desk(_chosen(request) | {side: number})


@never_cache
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """Give one message as the file that was sent."""
    path = mailbox.file_of(name)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), content_type="message/rfc822", as_attachment=True, filename=name)
