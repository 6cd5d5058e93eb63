"""The five domains as a drawing: plain numbers for bars on a page, and a shape of five corners in the PDF."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from resilience import pdf
from resilience.coaching import competencies
from resilience.coaching.competencies import Seen
from resilience.coaching.models import Coach

LOW, HIGH = 1, 5
WIDTH = 200
MIDDLE, RADIUS = 150, 100
BEYOND = 1.16
RINGS = (2, 3, 4, 5)


@dataclass(frozen=True)
class Bar:
    """One domain: the mean as the coach sees it and as a peer does, and how long each bar is."""

    name: str
    own: float | None
    peer: float | None

    @property
    def own_width(self) -> float:
        """Return the length of the coach's own bar."""
        return _length(self.own)

    @property
    def peer_width(self) -> float:
        """Return the length of the peer's bar."""
        return _length(self.peer)


@dataclass(frozen=True)
class Corner:
    """Where the name of a domain stands, and the end of its axis."""

    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


def _length(value: float | None) -> float:
    return round(WIDTH * (value - LOW) / (HIGH - LOW), 1) if value is not None else 0


def bars(own: Seen | None, peer: Seen | None) -> list[Bar]:
    """Return a bar for each domain; none where nothing is answered."""
    if own is None and peer is None:
        return []
    mine, theirs = (each.domains if each else {} for each in (own, peer))
    return [Bar(str(words), mine.get(key), theirs.get(key)) for key, words in competencies.DOMAINS.items()]


def shape(seen: Seen) -> str:
    """Return the corners of the shape that a profile draws; a domain without a mean lies at the middle."""
    values = [value for _name, value in seen.values]
    return _points([((value or LOW) - LOW) / (HIGH - LOW) for value in values])


def rings() -> list[str]:
    """Return the corners of the lines behind the shape."""
    return [_points([(ring - LOW) / (HIGH - LOW)] * len(competencies.DOMAINS)) for ring in RINGS]


def corners() -> list[Corner]:
    """Return where the names of the domains stand."""
    return [_corner(str(words), place) for place, words in enumerate(competencies.DOMAINS.values())]


def _corner(name: str, place: int) -> Corner:
    (x, y), (label_x, label_y) = _at(place, 1), _at(place, BEYOND)
    anchor = "middle" if abs(x - MIDDLE) < 1 else "start" if x > MIDDLE else "end"
    return Corner(name, x, y, label_x, label_y, anchor)


def _points(shares: Sequence[float]) -> str:
    return " ".join("{},{}".format(*_at(place, share)) for place, share in enumerate(shares))


def _at(place: int, share: float) -> tuple[float, float]:
    angle = 2 * math.pi * place / len(competencies.DOMAINS)
    return round(MIDDLE + RADIUS * share * math.sin(angle), 1), round(
        MIDDLE - RADIUS * share * math.cos(angle), 1
    )


def html(coach: Coach, seen: Sequence[Seen]) -> str:
    """Return a coach's profiles as a complete document."""
    own, peer = competencies.newest(seen)
    context = {
        "coach": coach, "own": own, "peer": peer, "seen": seen, "rings": rings(), "corners": corners(),
        "own_shape": shape(own) if own else "", "peer_shape": shape(peer) if peer else "", "bars": bars(own, peer),
    }  # fmt: skip
    return render_to_string("coaching/development/document.html", context)


def printed(coach: Coach, seen: Sequence[Seen]) -> bytes:
    """Return it as a tagged PDF. Raises pdf.Unavailable."""
    return pdf.render(html=html(coach, seen))
