"""What the carrier asks and tells of calls. The signature is looked at first; nothing a caller sends brings a 500."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from resilience import clock
from resilience.coaching import arrivals, following, gate, pins
from resilience.coaching.models import CallLeg
from resilience.telephony import gateway, lines

TAKEN = 204
FORGED = 403


def _verified(view: Callable) -> Callable:
    """Decorate a view so that it gets a verified event; a forged call is answered before anything else is read."""

    @csrf_exempt
    @require_POST
    def take(request: HttpRequest, **kwargs: str) -> HttpResponse:
        try:
            event = lines.voice().read_callback(
                path=request.path,
                query=request.META.get("QUERY_STRING", ""),
                form=request.POST,
                headers=request.headers,
            )
        except gateway.Forged:
            return HttpResponse(status=FORGED)
        return view(event, **kwargs)

    return take


def _of_leg(view: Callable) -> Callable:
    """Decorate a view of one leg: an unknown token is 204."""

    @_verified
    def take(event: gateway.CallEvent, token: str) -> HttpResponse:
        leg = following.leg_of(token)
        return _nothing() if leg is None else view(event, leg)

    return take


def _nothing() -> HttpResponse:
    return HttpResponse(status=TAKEN)


def _script(steps: Sequence[gateway.Step]) -> HttpResponse:
    return HttpResponse(lines.voice().script(*steps), content_type="text/xml")


@_verified
def arrived(event: gateway.CallEvent) -> HttpResponse:
    """Answer somebody who rings our number."""
    if not isinstance(event, gateway.LineAsks):
        return _nothing()
    try:
        leg = arrivals.leg_for(event, now=clock.now())
    except arrivals.Repeated:
        return _nothing()
    return _script(gate.ask_for_pin() if leg is None else gate.ask(leg, now=clock.now()))


@_verified
def pin(event: gateway.CallEvent) -> HttpResponse:
    """Take the code that a caller keyed in."""
    if not isinstance(event, gateway.LineAsks):
        return _nothing()
    if not event.key or not pins.may_try(event.call):
        return _script(gate.no_call())
    try:
        leg = arrivals.leg_by_code(event, now=clock.now())
    except arrivals.Repeated:
        return _nothing()
    except arrivals.NotYet as early:
        return _script(gate.not_yet(early.booking, early.side))
    if leg is None:
        pins.was_wrong(event.call)
    return _script(gate.ask_for_pin() if leg is None else gate.ask(leg, now=clock.now()))


@_of_leg
def at_gate(event: gateway.CallEvent, leg: CallLeg) -> HttpResponse:
    """Say what the line hears first."""
    if not _asks(event, leg) or not following.asked(leg, event, now=clock.now()):
        return _nothing()
    return _script(gate.ask(leg, now=clock.now()) if gate.live(leg) else gate.cancelled())


@_of_leg
def key(event: gateway.CallEvent, leg: CallLeg) -> HttpResponse:
    """Act on the key that was pressed."""
    if not _asks(event, leg):
        return _nothing()
    now = clock.now()
    if not gate.live(leg):
        fresh, steps = following.other_key(leg, event, now=now), gate.cancelled()
    elif event.key == gate.YES:
        fresh, steps = following.accepted(leg, now=now), gate.join(leg, now=now)
    elif event.key == gate.NOT_NOW:
        fresh, steps = following.declined(leg, now=now), gate.not_now(leg)
    elif event.key == gate.KNOWN:
        fresh, steps = following.known(leg, now=now), gate.apart(leg)
    elif event.key == gate.NOT_MINE and gate.may_be_a_strangers(leg, now=now):
        fresh, steps = following.wrong_number(leg, now=now), gate.not_mine()
    else:
        fresh = following.other_key(leg, event, now=now)
        steps = gate.ask(leg, now=now) if event.key else gate.silence()
    return _script(steps) if fresh else _nothing()


@_of_leg
def after(event: gateway.CallEvent, leg: CallLeg) -> HttpResponse:
    """Act on what was pressed once the room was left: 9, or nothing that counts."""
    if not _asks(event, leg):
        return _nothing()
    now = clock.now()
    if event.key == gate.KNOWN:
        fresh, steps = following.known(leg, now=now), gate.apart(leg)
    else:
        fresh, steps = following.other_key(leg, event, now=now), gate.silence()
    return _script(steps) if fresh else _nothing()


def _asks(event: gateway.CallEvent, leg: CallLeg) -> bool:
    """Return whether a line that is ours and still up asks what to do."""
    return (
        isinstance(event, gateway.LineAsks) and following.fits(leg, event.call) and not following.is_over(leg)
    )


@_of_leg
def status(event: gateway.CallEvent, leg: CallLeg) -> HttpResponse:
    """Follow a leg."""
    if isinstance(event, gateway.LegChanged) and following.fits(leg, event.call):
        following.leg_changed(leg, event, now=clock.now())
    return _nothing()


@_of_leg
def room(event: gateway.CallEvent, leg: CallLeg) -> HttpResponse:
    """Follow a room."""
    if isinstance(event, gateway.RoomChanged):
        following.room_changed(leg, event, now=clock.now())
    return _nothing()


@_of_leg
def hold(event: gateway.CallEvent, leg: CallLeg) -> HttpResponse:
    """Say what somebody hears who waits alone."""
    return _nothing() if following.is_over(leg) else _script(gate.hold(leg, now=clock.now()))
