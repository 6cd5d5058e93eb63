"""What every page may say of the person: a draft token, and the way to their pages."""

from functools import cache

from django.http import HttpRequest
from django.urls import Resolver404
from django.utils.translation import gettext_lazy as _

from resilience import languages
from resilience.accounts import drafting, policy
from resilience.accounts.models import Role

PLACES = [
    (Role.PARTICIPANT, _("My programme"), "/my/"),
    (Role.PARTICIPANT, _("Calls"), "/calls/"),
    (Role.PARTICIPANT, _("My data"), "/my/data/"),
    (Role.COACH, _("Today"), "/coach/"),
    (Role.COACH, _("My hours"), "/coach/hours/"),
    (Role.COACH, _("My coaching"), "/coach/development/"),
    (Role.COACH_LEAD, _("Coaches"), "/coach/"),
    (Role.COACH_LEAD, _("Who coaches"), "/manage/coaches/"),
    (Role.COACH, _("Among coaches"), "/coach/community/"),
    (Role.COACH_LEAD, _("Among coaches"), "/coach/community/"),
    (Role.EVALUATOR, _("Evaluations"), "/evaluations/"),
    (Role.EDITOR, _("Pages"), "/cms/"),
    (Role.MANAGER, _("Groups and invitations"), "/manage/"),
    (Role.MANAGER, _("Programmes"), "/manage/programmes/"),
    (Role.MANAGER, _("Who coaches"), "/manage/coaches/"),
    (Role.MANAGER, _("What gets in the way"), "/manage/system/"),
    (Role.SAFEGUARDING_LEAD, _("People to talk to"), "/safeguarding/"),
    (Role.OPERATOR, _("The site"), "/operate/"),
]
FRONT_PAGES = {"/my/", "/coach/", "/manage/"}  # much stands below them that is not theirs


def site(request: HttpRequest) -> dict:
    """Return the page's context; each part is made only where a template asks for it."""
    return {"draft_token": lambda: drafting.token(request), "navigation": lambda: navigation(request)}


def navigation(request: HttpRequest) -> list[dict]:
    """Return the items for the roles of whoever is signed in; nothing on an error page."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "refused", False):
        return []
    found: dict[str, str] = {}
    for role, label, url in PLACES:
        if role in user.roles and opens(url, to=user):
            found.setdefault(url, label)
    return [_item(label, url, request.path) for url, label in found.items()]


def _item(label: str, url: str, path: str) -> dict:
    """Return a link, marked on its own page and, where it is no front page, on those below it."""
    here = languages.bare_path(path)
    within = url not in FRONT_PAGES and here.startswith(url)
    current = "page" if here == url else "true" if within else ""
    return {"label": label, "url": languages.spoken(url), "current": current}


def opens(url: str, *, to: object) -> bool:
    """Return whether an address of ours stands in this version and its row names this person."""
    name = _name(url)
    row = policy.find(name, method="GET", path=url.lstrip("/"))
    return name != "wagtail_serve" and row is not None and policy.may(to, row)


@cache
def _name(url: str) -> str:
    """Return the name of an address, asked once: addresses do not change while a process lives."""
    try:
        return languages.answering(url).view_name
    except Resolver404:
        return ""
