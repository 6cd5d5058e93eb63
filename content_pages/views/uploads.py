"""Pictures and sounds that editors uploaded; a proxy in front may serve the pictures instead.

A browser that plays a sound asks for it in parts (Safari plays nothing otherwise), so parts are answered.
"""

import re
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from content_pages import sounds

PICTURES = {
    ".webp": "image/webp", ".avif": "image/avif", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
}  # fmt: skip
A_YEAR = 365 * 24 * 3600
PARTIAL, NO_SUCH_PART = 206, 416
PART = re.compile(r"bytes=(\d*)-(\d*)")


def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Return one picture. Raises Http404 for anything that is not one."""
    content, kind = _read("images", name, PICTURES)
    return _kept_long(HttpResponse(content, content_type=kind))


def sound(request: HttpRequest, name: str) -> HttpResponse:
    """Return one sound, or the part of it that was asked for. Raises Http404 for anything that is not one."""
    content, kind = _read("documents", name, sounds.KINDS)
    asked = PART.fullmatch(request.headers.get("Range", ""))
    response = _part(content, asked, kind) if asked else HttpResponse(content, content_type=kind)
    response["Accept-Ranges"] = "bytes"
    return _kept_long(response)


def _read(folder: str, name: str, kinds: dict[str, str]) -> tuple[bytes, str]:
    file = Path(settings.MEDIA_ROOT) / folder / name
    if file.suffix not in kinds or not file.is_file():
        raise Http404
    return file.read_bytes(), kinds[file.suffix]


def _part(content: bytes, asked: re.Match, kind: str) -> HttpResponse:
    size, (first, last) = len(content), asked.groups()
    begin = int(first) if first else max(0, size - int(last or 0))
    end = min(int(last), size - 1) if first and last else size - 1
    if begin > end:
        return HttpResponse(status=NO_SUCH_PART, headers={"Content-Range": f"bytes */{size}"})
    headers = {"Content-Range": f"bytes {begin}-{end}/{size}"}
    return HttpResponse(content[begin : end + 1], status=PARTIAL, content_type=kind, headers=headers)


def _kept_long(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
