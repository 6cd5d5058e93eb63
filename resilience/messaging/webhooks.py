"""What the carrier tells us of texts. The signature is looked at first; nothing a caller sends brings a 500."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from resilience import clock
from resilience.messaging import inbound, texts
from resilience.telephony import gateway, lines

TAKEN = 204
FORGED = 403


@csrf_exempt
@require_POST
def arrived(request: HttpRequest) -> HttpResponse:
    """Take a text that somebody sent to us."""
    try:
        event = _read(request)
    except gateway.Forged:
        return HttpResponse(status=FORGED)
    if isinstance(event, gateway.TextArrived) and _is_a_name(event.message):
        inbound.receive(event, now=clock.now())
    return HttpResponse(status=TAKEN)


@csrf_exempt
@require_POST
def status(request: HttpRequest, token: str) -> HttpResponse:
    """Follow a text that we sent."""
    try:
        event = _read(request)
    except gateway.Forged:
        return HttpResponse(status=FORGED)
    if isinstance(event, gateway.TextChanged) and _is_a_name(event.message):
        texts.follow(event, token=token, now=clock.now())
    return HttpResponse(status=TAKEN)


def _is_a_name(message: str) -> bool:
    """Return whether this can be the carrier's name of a text: what no column can hold is not."""
    return len(message) <= inbound.LONGEST_NAME and message.isascii() and message.isalnum()


def _read(request: HttpRequest) -> gateway.TextEvent:
    return lines.text().read_callback(
        path=request.path,
        query=request.META.get("QUERY_STRING", ""),
        form=request.POST,
        headers=request.headers,
    )
