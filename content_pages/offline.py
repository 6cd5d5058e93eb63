"""What a phone may keep: the words of a page without the person, and the word that says whose phone it is."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from content_pages import drawings, progress
from content_pages.opening import Facts
from content_pages.outline import Outline
from content_pages.place import Place
from content_pages.progress import LATER
from content_pages.rendering import Piece
from resilience.accounts.models import User

SALT = "resilience.offline"
STATIC = (
    "resilience/site.css",
    "resilience/site.js",
    "resilience/keep.js",
    "resilience/mark.svg",
    "content_pages/reading.css",
)


def word_of(user: User) -> str:
    """Return the word by which a phone knows its person again; nobody can find the person by it."""
    return salted_hmac(SALT, str(user.pk), algorithm="sha256").hexdigest()[:32]


def shell() -> list[str]:
    """Return the addresses that a phone keeps from the start: styles, scripts, and pages that name nobody."""
    names = ("content_pages:not-connected", "organisations:help-now", "ops:favicon")
    pages = [reverse(name) for name in names]
    return [*pages, *(static(name) for name in STATIC)]


def words() -> dict[str, str]:
    """Return what the worker and its script say to people, in the language of the page."""
    return {
        "waits": _("What you saved here waits on this phone. It goes out when there is a line."),
        "covered": _("Something you wrote here waits on this phone, out of sight. You can write more."),
        "sent": _("What you wrote while you were not connected is saved now."),
        "show": _("Show it"),
        "look": _(
            "Something you wrote while you were not connected is not saved yet. It waits for your eye."
        ),
        "look_at": _("Look at it"),
        "loses": _("Something you wrote still waits on this phone. If you sign out now, it is gone."),
        "send_first": _("Send it first"),
        "sign_out": _("Sign out all the same"),
        "no_line": _("There is no line yet. It still waits."),
        "sign_out_later": _(
            "What was kept on this phone is gone. You are still signed in: sign out again when there is a line."
        ),
    }


def opened(found: Outline, facts: Facts) -> list[str]:
    """Return the addresses of the parts that are open to somebody."""
    return [step.module.url for step in progress.steps(found, facts) if step.state != LATER]


def module(here: Place) -> dict:
    """Return what the words of a module are made from: the same for everybody who takes part."""
    return {
        "module": here.module,
        "drawing": drawings.address(here.module.drawing) if here.module.drawing else "",
        "of": len(here.outline.modules),
        "site_name": here.outline.title,
    }


def activity(here: Place, pieces: tuple[Piece, ...]) -> dict:
    """Return what the words of an activity are made from: the same for everybody of one profession."""
    organisation = here.reader.organisation
    return {
        "activity": here.activity,
        "module": here.module,
        "pieces": [piece.html for piece in pieces],
        "position": here.module.activities.index(here.activity) + 1,
        "most": len(here.module.activities),
        "has_story": any(piece.is_story for piece in pieces),
        "is_not_a_report": any(piece.is_about_the_system for piece in pieces),
        "incident_url": organisation.incident_url if organisation else "",
        "site_name": here.outline.title,
    }
