"""Pages that stand as files of their own, so that they answer without a database, and without the site behind a proxy.

Each app says in a function which of its pages are to stand so:

    @plain.made_by
    def pages() -> Iterable[plain.Page]: ...
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import structlog
from django.conf import settings
from django.contrib.staticfiles import finders

from resilience.organisations import standing, support

log = structlog.get_logger(__name__)

FOR_EVERYBODY = 0o644
ADDRESS = re.compile(r"/(?:[\w-]+/)+", re.ASCII)
LINK_TO_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
LINK_TO_ICON = re.compile(r'<link rel="icon"[^>]*>\n?')
DRAWING = re.compile(r'(<img src=")([^"]+\.svg)"')
STAMP = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")
STYLE = re.compile(r"<style>(.*?)</style>", re.S)
CHARSET = '<meta charset="utf-8">'
UNTIL = re.compile(r'<meta name="true-until" content="([\d-]*)">')


@dataclass(frozen=True)
class Page:
    """A page as it is drawn, its address, and the last day on which it is true (empty: no end)."""

    address: str
    html: str
    until: str = ""


@dataclass(frozen=True)
class Kept:
    """A page as it stands in its file, with what to say beside it."""

    body: bytes
    tag: str
    policy: str
    until: str


Maker = Callable[[], Iterable[Page]]
_makers: list[Maker] = []


def made_by(maker: Maker) -> Maker:
    """Register the decorated function, which returns pages that are to stand as files."""
    _makers.append(maker)
    return maker


def place(address: str) -> Path:
    """Return the file of an address."""
    return standing.folder() / address.strip("/") / "index.html"


def write() -> list[Path]:
    """Write the routes and every page as files; take away those of pages that are gone. Raises OSError."""
    _put(standing.folder() / standing.NAME, standing.as_text())
    written = [_put(place(page.address), alone(page)) for maker in _makers for page in maker()]
    for file in standing.folder().rglob("index.html"):
        if file not in written:
            file.unlink(missing_ok=True)
    return written


def renew() -> None:
    """Write the files after a change; where they cannot be written they are tried again within five minutes."""
    try:
        write()
    except OSError as error:
        log.warning("plain pages not written", reason=error.strerror)


def kept(address: str) -> Kept | None:
    """Return the page of an address as it stands in its file; None where there is none, or it is no longer true."""
    if not ADDRESS.fullmatch(address):
        return None
    try:
        file = place(address)
        page = _read(file, file.stat().st_mtime_ns)
    except OSError:
        return None
    return None if page.until and page.until < support.today().isoformat() else page


@lru_cache(maxsize=64)
def _read(file: Path, _written_at: int) -> Kept:
    html = file.read_text()
    until = UNTIL.search(html)
    tag = hashlib.sha256(html.encode()).hexdigest()[:32]
    return Kept(html.encode(), f'"{tag}"', policy(html), until.group(1) if until else "")


def _put(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(text)
    fresh.chmod(FOR_EVERYBODY)  # the proxy reads it as another user
    fresh.replace(file)
    return file


def alone(page: Page) -> str:
    """Return the page as one text that needs no other: styles and drawings within, and its own policy."""
    html = LINK_TO_ICON.sub("", page.html)
    html = LINK_TO_STYLE.sub(lambda link: f"<style>\n{_source(link[1]).read_text()}</style>", html)
    html = DRAWING.sub(lambda image: f'{image[1]}data:image/svg+xml;base64,{_drawing(image[2])}"', html)
    head = (
        f'{CHARSET}\n<meta http-equiv="Content-Security-Policy" content="{policy(html)}">\n'
        f'<meta name="true-until" content="{page.until}">'
    )
    return html.replace(CHARSET, head, 1)


def policy(html: str) -> str:
    """Return the content security policy of a page: its own styles by their mark, and nothing from elsewhere."""
    marks = " ".join(f"'sha256-{_mark(style)}'" for style in STYLE.findall(html)) or "'none'"
    return f"default-src 'none'; style-src {marks}; img-src 'self' data:; form-action 'none'; base-uri 'none'"


def _mark(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _drawing(address: str) -> str:
    return base64.b64encode(_source(address).read_bytes()).decode()


def _source(address: str) -> Path:
    """Return the file behind a static address, whether or not the address carries the stamp of its content."""
    return Path(finders.find(STAMP.sub("", address.removeprefix(settings.STATIC_URL))))
