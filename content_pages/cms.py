"""What Wagtail's own pages need and the rest of the site does not."""

from django.http import HttpRequest, HttpResponse

PREFIX = "/cms/"
POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "worker-src": ["'self'", "blob:"],
}


class EditorsPolicyMiddleware:
    """Widens the content security policy below /cms/, where Wagtail writes scripts into its pages."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(PREFIX) and not getattr(request, "is_preview", False):
            response._csp_replace = POLICY
        return response
