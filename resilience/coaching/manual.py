"""The coach's manual: made from what a programme says of its calls, read part by part on the site, and printed whole.

Its version is that of the call guide in the programme's pack: the first letters of the checksum that the pack lists.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from resilience import __version__, languages, pdf
from resilience.coaching import guides, pack
from resilience.coaching.development_models import ManualRead
from resilience.coaching.models import CallGuide, Coach
from resilience.participants.models import Programme

OUTLINE, LINE, ROLE, SCRIPTS, CALL = "outline", "line", "role", "scripts", "call"
LONG_ENOUGH = 8
A_WEEK = 7 * 24 * 60 * 60


@dataclass(frozen=True)
class Part:
    """One part of a manual: its key, heading and kind, and what stands in it."""

    key: str
    title: str
    kind: str
    words: str = ""
    call: Mapping = field(default_factory=dict)


@dataclass(frozen=True)
class Manual:
    """The whole manual of a programme in one version."""

    programme: Programme
    version: str
    parts: tuple[Part, ...]
    calls: tuple[Mapping, ...]

    def part(self, key: str) -> Part | None:
        """Return the part of this key, or None."""
        return next((each for each in self.parts if each.key == key), None)


def of(programme: Programme) -> Manual:
    """Return the manual of a programme as its call guide stands now."""
    guide = guides.of(programme)
    return Manual(programme, version(programme), tuple(_parts(guide)), tuple(guide.calls))


def version(programme: Programme) -> str:
    """Return the version: the same letters begin the checksum of the call guide in the programme's pack."""
    return hashlib.sha256(pack.write(programme)[pack.GUIDE]).hexdigest()[:LONG_ENOUGH]


def _parts(guide: CallGuide) -> list[Part]:
    found = [Part(OUTLINE, _("The calls at a glance"), OUTLINE)] if guide.calls else []
    if guide.role:
        found.append(Part(ROLE, _("What a coach does, and where it ends"), ROLE, words=guide.role))
    if guide.guidance:
        found.append(Part(SCRIPTS, _("What to say when it gets hard"), SCRIPTS, words=guide.guidance))
    found.append(Part(LINE, _("How the line works"), LINE))
    numbered = enumerate(guide.calls, start=1)
    return found + [
        Part(f"{CALL}-{number}", _heading(number, each), CALL, call=each) for number, each in numbered
    ]


def _heading(number: int, call: Mapping) -> str:
    return _("Call %(number)s: %(title)s") % {"number": number, "title": call["title"]}


def read(*, coach: Coach, manual: Manual, part: Part, now: datetime) -> None:
    """Keep that a coach read a part in this version; a second time changes nothing."""
    ManualRead.objects.get_or_create(
        coach=coach, programme=manual.programme, part=part.key, version=manual.version, defaults={"at": now}
    )


def unread(coach: Coach, known: dict | None = None) -> list[tuple[Programme, Part]]:
    """Return the parts that a coach has never read, in any version, over the programmes that they coach in.

    `known` keeps the parts of each programme while many coaches are looked at.
    """
    known = {} if known is None else known
    seen = {(row.programme_id, row.part) for row in coach.manual_read.all()}
    found = []
    for programme in coach.programmes.all():
        if programme.pk not in known:
            known[programme.pk] = of(programme).parts
        found += [(programme, part) for part in known[programme.pk] if (programme.pk, part.key) not in seen]
    return found


def marks(coach: Coach, manual: Manual) -> dict[str, str]:
    """Return of each part that a coach has read: READ in this version, or CHANGED since."""
    rows = ManualRead.objects.filter(coach=coach, programme=manual.programme).values_list("part", "version")
    found: dict[str, str] = {}
    for part, version_read in rows:
        found[part] = "READ" if version_read == manual.version else found.get(part, "CHANGED")
    return found


def html(manual: Manual) -> str:
    """Return the manual as a complete document."""
    return render_to_string("coaching/manual/document.html", {"manual": manual})


def printed(manual: Manual) -> bytes:
    """Return the manual as a tagged PDF, made once for each version. Raises pdf.Unavailable."""
    key = f"coaches-manual:{manual.programme.pk}:{manual.version}:{languages.now()}:{__version__}"
    made = cache.get(key)
    if made is None:
        made = pdf.render(html=html(manual))
        cache.set(key, made, A_WEEK)
    return made
