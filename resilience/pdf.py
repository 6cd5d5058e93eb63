"""HTML to tagged PDF: the only module that knows WeasyPrint.

WeasyPrint needs Pango from the operating system, so it is imported when a document is printed and not before.
Documents are self-contained: pictures are data URIs, fonts come from our own static files, and nothing else is
ever fetched, whatever an editor wrote into a page.
"""

import io
import mimetypes
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from PIL import ImageFile

VARIANT = "pdf/ua-1"
APT_LINE = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
HOUSE_FONTS = "resilience/fonts/pdf.css"
NO_MOMENT = datetime(1980, 1, 1, tzinfo=UTC)
BASE = "https://static.invalid/"  # a name that can never be resolved: it only marks our own static files


class Unavailable(Exception):
    """This machine cannot make PDFs; the message says what to install."""


class Refused(ValueError):
    """A document asked for something that is neither a static file of ours nor part of itself."""


def render(*, html: str, attached: Mapping[str, bytes] | None = None) -> bytes:
    """A tagged PDF (PDF/UA-1) of a complete HTML document, with files inside under their names.

    Raises Unavailable where Pango is missing.
    """
    weasyprint = _weasyprint()
    fetcher = _fetcher()()
    fonts = weasyprint.text.fonts.FontConfiguration()
    house = weasyprint.CSS(url=BASE + HOUSE_FONTS, url_fetcher=fetcher, font_config=fonts)
    document = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=fetcher)
    files = [_attachment(weasyprint, name, data) for name, data in (attached or {}).items()]
    return document.write_pdf(stylesheets=[house], font_config=fonts, pdf_variant=VARIANT, attachments=files)


def static_file(url: str) -> Path:
    """The static file that a document's address stands for. Raises Refused for every other address."""
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}/" != BASE:
        raise Refused(url)
    try:
        found = finders.find(unquote(parts.path).removeprefix("/static/").lstrip("/"))
    except SuspiciousFileOperation as outside:  # a path that climbs out of the static folders
        raise Refused(url) from outside
    if not found:
        raise Refused(url)
    return Path(found)


def _attachment(weasyprint, name: str, data: bytes):
    """A file inside a document, which says nothing of when it was made."""
    return weasyprint.Attachment(
        file_obj=io.BytesIO(data), name=name, created=NO_MOMENT, modified=NO_MOMENT, relationship="Data"
    )


def _weasyprint():
    try:
        import weasyprint
        import weasyprint.text.fonts
    except OSError as missing:
        raise Unavailable(f"PDFs need Pango on this machine: {APT_LINE}") from missing
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole process
    return weasyprint


@cache
def _fetcher() -> type:
    from weasyprint import urls

    class StaticFilesOnly(urls.URLFetcher):
        """Serves our static files and data URIs; refuses the rest."""

        def fetch(self, url, headers=None):
            if url.startswith("data:"):
                return super().fetch(url, headers)
            found = static_file(url)
            kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
            return urls.URLFetcherResponse(url, found.read_bytes(), headers={"Content-Type": kind})

    return StaticFilesOnly
