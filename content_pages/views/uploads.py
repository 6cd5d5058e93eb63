"""Pictures that editors uploaded, in the sizes that pages show; a proxy in front may serve them instead."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

KINDS = {
    ".webp": "image/webp", ".avif": "image/avif", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
}  # fmt: skip
A_YEAR = 365 * 24 * 3600


def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Return one picture. Raises Http404 for anything that is not one."""
    file = Path(settings.MEDIA_ROOT) / "images" / name
    if file.suffix not in KINDS or not file.is_file():
        raise Http404
    response = HttpResponse(file.read_bytes(), content_type=KINDS[file.suffix])
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
