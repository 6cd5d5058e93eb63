"""The code of six digits with which somebody rings in from another telephone: worked out, never stored."""

from datetime import datetime, timedelta
from hmac import compare_digest

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from resilience.coaching.models import Booking, Side, Status

DIGITS = 6
A_WEEK = timedelta(days=7)
WRONG_IN_A_CALL, WRONG_IN_ALL, COUNTED_FOR_S = 3, 60, 900


def of(booking: Booking, side: str) -> str:
    """Return the code of one side of a booking; it stays when the call is moved."""
    secret = salted_hmac("resilience.call_code", f"{booking.pk}:{side}", algorithm="sha256").hexdigest()
    return f"{int(secret, 16) % 10**DIGITS:0{DIGITS}d}"


def shown(booking: Booking, side: str) -> str:
    """Return the code as people read it: "123 456"."""
    code = of(booking, side)
    return f"{code[:3]} {code[3:]}"


def whose(code: str, *, now: datetime) -> list[tuple[Booking, str]]:
    """Return the bookings of this week, and the sides, that a code stands for."""
    soon = Booking.objects.filter(status=Status.BOOKED, ends_at__gt=now, starts_at__lt=now + A_WEEK)
    return [
        (booking, side)
        for booking in soon.select_related("coach").iterator()
        for side in Side.values
        if compare_digest(of(booking, side), code)
    ]


def may_try(call: str) -> bool:
    """Return whether a caller may key in a code: not after three wrong ones, nor while somebody tries out many."""
    return cache.get(_of_call(call), 0) < WRONG_IN_A_CALL and cache.get(_IN_ALL, 0) < WRONG_IN_ALL


def was_wrong(call: str) -> None:
    """Count a wrong code, for its call and in all."""
    for key in (_of_call(call), _IN_ALL):
        if not cache.add(key, 1, COUNTED_FOR_S):
            cache.incr(key)


_IN_ALL = "call-codes-wrong"


def _of_call(call: str) -> str:
    return f"call-code-wrong-{call}"
