"""What Wagtail's own pages need and the rest of the site does not."""

from django.http import HttpRequest, HttpResponse

PREFIX = "/cms/"
POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "worker-src": ["'self'", "blob:"],
    "frame-ancestors": ["'self'"],
}
PREVIEW = {"frame-ancestors": ["'self'"]}


class EditorsPolicyMiddleware:
    """Widens the content security policy below /cms/, where Wagtail writes scripts into its pages.

    A preview keeps the site's own policy, but for standing in a frame of the editor.
    """

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        preview = getattr(request, "is_preview", False)
        if preview or request.path.startswith(PREFIX):
            response._csp_replace = PREVIEW if preview else POLICY
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response
