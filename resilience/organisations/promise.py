"""Who may read what, told from the policy that the gate itself reads, so that the page cannot promise more."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from resilience.accounts import addresses, policy
from resilience.accounts.models import Role

PARTS = [
    ("/my/plan", _("Your plan: all that you wrote, its cards and its PDF")),
    ("/my/", _("Your programme, your questions and answers, what you wrote, your data")),
    ("/programmes/", _("The pages of the programme; what you write on them stays yours")),
    ("/calls/", _("Your calls: times, what you agree with your coach, and what you answer afterwards")),
    (
        "/coach/",
        _(
            "A coach's own week: times, the name you chose to give, what you share with them, agree with them or "
            "write for them, and the answers the coach gives afterwards"
        ),
    ),
    ("/evaluations/", _("Figures for groups, never names or what you wrote")),
    (
        "/manage/",
        _(
            "How many have joined, as totals; new invitation links; what gets in the way at work, as sums; "
            "what an organisation says of itself; the address of somebody to whom a message could not be delivered, "
            "or who said yes to an interview"
        ),
    ),
    ("/safeguarding/", _("The list of people to talk to")),
    ("/cms/", _("The words and pictures of the pages, before they are published")),
    ("/operate/", _("Whether the site runs, without anybody's data")),
    ("/kept/", _("The words of the parts, with nothing of yours in them, for a phone that keeps them")),
    ("/help-now/", _("People to talk to")),
    ("/promise/", _("This page")),
]


WORDS = {Role.SAFEGUARDING_LEAD: _("safety lead")}


@dataclass(frozen=True)
class Line:
    """One part of the site: what is there, who may open it, and whether they see only what is theirs."""

    what: str
    who: tuple[str, ...]
    everyone: bool
    own: bool
    by_link: bool


def lines() -> list[Line]:
    """Return a line for each part of the site that anybody may open."""
    rows = [
        (address.path, row) for address, row in addresses.allowed() if not row.name.startswith("accounts:")
    ]
    found = [_line(what, [row for path, row in rows if path.startswith(part)]) for part, what in PARTS]
    return [line for line in found if line.who or line.everyone]


def _line(what: str, rows: list[policy.Row]) -> Line:
    closed = [row for row in rows if not policy.open_to_all(row)]
    who = frozenset().union(*(row.who for row in closed))
    return Line(
        what=what,
        who=tuple(WORDS.get(role, role.label) for role in Role if role in who or policy.SIGNED_IN in who),
        everyone=bool(rows) and not closed,
        own=bool(closed) and all(row.whose == policy.OWN for row in closed),
        by_link=0 < len(closed) < len(rows),
    )
