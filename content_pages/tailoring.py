"""For whom the words of a page are put: a profession, how long somebody has been at it, the programme's own word."""

from collections.abc import Sequence
from dataclasses import dataclass

from content_pages import held_cards
from resilience.participants.models import Enrolment
from resilience.participants.wording import Wording


@dataclass(frozen=True)
class Tailored:
    """What of a reader decides which story they get and in which words, and whether cards are held back from them."""

    profession: str = ""
    level: str = ""
    wording: str = Wording.ASKING
    held: held_cards.Held | None = None


def of(enrolment: Enrolment) -> Tailored:
    """Return for whom the words are put that somebody who takes part reads."""
    respondent, wording = enrolment.respondent, enrolment.cohort.programme.wording
    return Tailored(respondent.profession, respondent.level, wording, held_cards.of(enrolment))


def chosen(versions: Sequence, for_whom: Tailored) -> tuple[object, list]:
    """Return the story that fits a reader best, and the others in their order.

    One for their profession and level comes before one for their profession, and that before the first of all. Of
    somebody whose profession nobody knows, the level alone decides.
    """
    best = max(versions, key=lambda each: _fit(each, for_whom))
    return best, [each for each in versions if each is not best]


def _fit(version: object, for_whom: Tailored) -> int:
    """Return how well a version fits: `max` keeps the first of those that fit equally well."""
    level = version.get("level") or ""
    if not for_whom.profession:
        return 1 if level and level == for_whom.level else 0
    if version["profession"] != for_whom.profession:
        return 0
    if not level:
        return 1
    return 2 if level == for_whom.level else 0
