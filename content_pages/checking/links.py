"""Links that lead nowhere: pages that are gone or not published, addresses that cannot be right. No network."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.urls import Resolver404
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from content_pages.checking.faults import Fault
from content_pages.checking.markup import Link
from content_pages.checking.pieces import Piece
from resilience import languages

BY_WAGTAIL = "wagtail_serve"
NOT_WEB = {"mailto", "tel", "sms"}


def faults(pieces: Iterable[Piece]) -> list[Fault]:
    """Return one fault for each link that leads nowhere, or goes over a line that anybody can read."""
    links = [(piece, link) for piece in pieces for link in piece.holds if isinstance(link, Link)]
    live = _live({link.page for _piece, link in links if link.page is not None})
    found = [(piece, _said(link, live)) for piece, link in links]
    return [Fault(piece, words, refuses=refuses) for piece, (words, refuses) in found if words]


def _live(ids: set[int]) -> set[int]:
    return set(Page.objects.filter(pk__in=ids, live=True).values_list("pk", flat=True)) if ids else set()


def _said(link: Link, live: set[int]) -> tuple[str, bool]:
    """Return what to do about a link, empty where nothing, and whether it stops publication."""
    if link.page is not None:
        gone = _("The link “%(text)s” leads to a page that is gone or not published. Choose another.")
        return ("", False) if link.page in live else (gone % {"text": link.text}, True)
    if link.address.startswith(("/", "#")):
        nowhere = _(
            "The link “%(text)s” leads to %(address)s, where there is no page. Choose the page again."
        )
        return ("", False) if _leads_somewhere(link.address) else (nowhere % _shown(link), True)
    return _outside(link)


def _shown(link: Link) -> dict[str, str]:
    return {"text": link.text, "address": link.address}


def _outside(link: Link) -> tuple[str, bool]:
    parts = urlsplit(link.address)
    if parts.scheme in NOT_WEB and parts.path:
        return "", False
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or "") or " " in link.address:
        odd = _("The link “%(text)s” leads to “%(address)s”. Copy the whole address, from https:// on.")
        return odd % _shown(link), True
    if parts.scheme == "http":
        plain = _("The link “%(text)s” begins with http. Try it with https, so that nobody can read along.")
        return plain % _shown(link), False
    return "", False


def _leads_somewhere(address: str) -> bool:
    path = urlsplit(address).path
    if not path:
        return True
    try:
        found = languages.answering(path)
    except Resolver404:
        return False
    return found.url_name != BY_WAGTAIL or _is_a_live_page(path)


def _is_a_live_page(path: str) -> bool:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return False
    return Page.objects.filter(url_path=site.root_page.url_path + path.lstrip("/"), live=True).exists()
