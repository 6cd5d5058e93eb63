"""Each kind of thing that is held about somebody: who can read it, and how long it is kept.

Who can read it follows from the addresses at which it stands and the policy that the gate itself obeys; how long, from
the field register that the daily letting go obeys. So a reader more, or a month more, is on the page at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience.accounts import addresses, policy
from resilience.accounts.models import Role
from resilience.privacy import register

FIGURES = gettext_lazy("under a number, or as figures for ten or more people")
THEIR_CALLS = gettext_lazy("only of people whose call it is")
SUMS = gettext_lazy("only as sums of ten or more people")


@dataclass(frozen=True)
class Kind:
    """One kind of thing: where you find it yourself, where others find it and how, and the fields that hold it."""

    what: str | Promise
    yours: tuple[str, ...]
    others: tuple[tuple[str, str | Promise], ...]
    fields: tuple[str, ...]


KINDS = (
    Kind(
        gettext_lazy("What you write in an exercise"),
        yours=("/programmes/", "/my/"),
        others=(("/coach/calls/", gettext_lazy("only a copy that you share, until you take it back")),),
        fields=("engagement.Entry.fields", "engagement.SharedCopy.lines"),
    ),
    Kind(
        gettext_lazy("Your answers to questions"),
        yours=("/my/measures/", "/my/results/", "/programmes/", "/calls/"),
        others=(("/evaluations/", FIGURES),),
        fields=("measures.Response.answers",),
    ),
    Kind(
        gettext_lazy(
            "What you say about yourself: profession, level, place, gender, shifts, and what else a programme asks"
        ),
        yours=("/join/about-you/", "/my/data/"),
        others=(("/evaluations/", FIGURES),),
        fields=("participants.Respondent.profession", "participants.Respondent.ethnicity"),
    ),
    Kind(
        gettext_lazy("What you agreed to, and why you said no where you chose to say"),
        yours=("/my/consent/",),
        others=(("/evaluations/", FIGURES),),
        fields=("participants.ConsentRecord.given", "participants.Reason.code"),
    ),
    Kind(
        gettext_lazy("What you say gets in the way at work"),
        yours=(),
        others=(("/my/system/", SUMS), ("/manage/system/", SUMS)),
        fields=("organisations.SystemList.shown",),
    ),
    Kind(
        gettext_lazy("Your calls: when they are, and what came of them"),
        yours=("/calls/", "/a/"),
        others=(("/coach/", THEIR_CALLS), ("/evaluations/", FIGURES)),
        fields=("coaching.Booking.starts_at", "coaching.Call.outcome"),
    ),
    Kind(
        gettext_lazy("The name that you chose for a coach"),
        yours=("/my/reach/", "/my/data/"),
        others=(("/coach/", THEIR_CALLS),),
        fields=("participants.Participant.chosen_name",),
    ),
    Kind(
        gettext_lazy("Your telephone number"),
        yours=("/join/about-you/", "/my/reach/", "/my/data/"),
        others=(),
        fields=("participants.Participant.phone",),
    ),
    Kind(
        gettext_lazy("How to reach you for an interview, where you said yes"),
        yours=("/my/interview/",),
        others=(
            (
                "/manage/programmes/<programme>/interviews/",
                gettext_lazy("only where you said yes, until you say no"),
            ),
        ),
        fields=("evaluation.InterviewReply.reach",),
    ),
    Kind(
        gettext_lazy("Your e-mail address"), yours=("/my/data/",), others=(), fields=("accounts.User.email",)
    ),
    Kind(
        gettext_lazy("That you take part at all"),
        yours=("/my/", "/join/"),
        others=(
            ("/coach/", THEIR_CALLS),
            ("/manage/", gettext_lazy("only as totals")),
            ("/evaluations/", FIGURES),
        ),
        fields=("participants.Enrolment.participant",),
    ),
)
NOBODYS = ("/kept/", "/cms/", "/operate/", "/safeguarding/", "/accounts/", "/sign-in/", "/after-sign-in/")
KEPT = {
    register.TWELVE_MONTHS_AFTER_LAST_ACTIVITY: gettext_lazy(
        "until you delete it, or twelve months after you were last here"
    ),
    register.THIRTY_DAYS_AFTER_LAST_BOOKING: gettext_lazy(
        "until thirty days after your last booked call; if you book none, twelve months after you were last here"
    ),
    register.STUDY_RETENTION: gettext_lazy(
        "as long as the plan of the programme says, and at most until twelve months after you were last here"
    ),
    register.WHILE_THE_SITE_RUNS: gettext_lazy("as long as this site runs; it leads to nobody"),
}
WORDS = {
    Role.SAFEGUARDING_LEAD: gettext_lazy("safety lead"),
    Role.PARTICIPANT: gettext_lazy("everybody who takes part"),
}


@dataclass(frozen=True)
class Line:
    """One kind of thing with its readers and the time that it is kept, in words."""

    what: str | Promise
    who: tuple[str, ...]
    kept: tuple[str, ...]


def lines() -> list[Line]:
    """Return a line for each kind of thing."""
    rows = _rows()
    return [Line(kind.what, tuple(_who(kind, rows)), _kept(kind)) for kind in KINDS]


def _rows() -> list[tuple[str, policy.Row]]:
    return [(address.path, row) for address, row in addresses.allowed() if not policy.open_to_all(row)]


def _who(kind: Kind, rows: list[tuple[str, policy.Row]]) -> Iterable[str]:
    """Yield the readers; a page of your own shows each person only their own, so it makes nobody a reader of yours."""
    found = [row for path, row in rows if path.startswith(kind.yours)] if kind.yours else []
    if any(row.whose == policy.OWN for row in found):
        yield _("you")
    others = tuple(prefix for prefix, _how in kind.others)
    yield from _named(row for path, row in rows if _is_more(path, row, kind.yours, others))
    for prefix, how in kind.others:
        for name in _named(row for path, row in rows if path.startswith(prefix)):
            yield f"{name} ({how})"


def _is_more(path: str, row: policy.Row, yours: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Return whether a page on which you find your own also shows it to somebody else."""
    if not yours or row.whose == policy.OWN or path in _WITHOUT_A_PERSON:
        return False
    return path.startswith(yours) and not (others and path.startswith(others))


_WITHOUT_A_PERSON = ("/programmes/<programme>/",)  # an editor's list of the parts


def _named(rows: Iterable[policy.Row]) -> list[str]:
    who = frozenset[str]().union(*(row.who for row in rows))
    return [str(WORDS.get(role, role.label)) for role in Role if role in who or policy.SIGNED_IN in who]


def _kept(kind: Kind) -> tuple[str, ...]:
    kept = {f"{row.model}.{row.field}": row.retention for row in register.rows()}
    return tuple(dict.fromkeys(str(KEPT.get(kept[name], kept[name])) for name in kind.fields))


def unplaced() -> list[str]:
    """Return the addresses that are shut to somebody and of which no kind of thing says that it stands there."""
    known = NOBODYS + tuple(
        prefix for kind in KINDS for prefix in (*kind.yours, *(prefix for prefix, _how in kind.others))
    )
    return sorted({path for path, _row in _rows() if not path.startswith(known)})
