"""Whom somebody can talk to: the coaches that are open to them, by what they look for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from resilience.coaching import bookable, caseload, firewall, slots
from resilience.coaching.models import Coach
from resilience.participants.about_you import LONGEST_CODE
from resilience.participants.models import Enrolment

YES, NO = "yes", "no"
SAME_UNIT, ANOTHER_UNIT, ANOTHER_ORGANISATION = "same-unit", "another-unit", "another-organisation"
BACKGROUNDS = [(YES, _("Has worked with patients")), (NO, _("Has not worked with patients"))]
WHERE = [
    (SAME_UNIT, _("From my unit")),
    (ANOTHER_UNIT, _("From another unit")),
    (ANOTHER_ORGANISATION, _("From another organisation")),
]


def open_to(enrolment: Enrolment) -> list[Coach]:
    """Return the coaches of the programme whom somebody may talk to and who have room, by the name they show."""
    here = caseload.with_room(slots.coaches_of(enrolment.cohort.programme), enrolment)
    return firewall.open_to(enrolment.participant, coaches=here)


def can_talk(enrolment: Enrolment, *, coach: Coach, by_telephone: bool = True) -> bool:
    """Return whether this coach holds calls in the programme, has room, and may talk with this person."""
    here = bookable.coaches(by_telephone=by_telephone).filter(programmes=enrolment.cohort.programme_id)
    return here.filter(pk=coach.pk).exists() and bool(
        firewall.open_to(enrolment.participant, coaches=caseload.with_room([coach], enrolment))
    )


@dataclass(frozen=True)
class Wish:
    """What somebody looks for in a coach; empty where anything is fine."""

    language: str = ""
    background: str = ""
    where: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str], *, coaches: Sequence[Coach]) -> Self:
        """Return what an address or a form asks for; what is not on offer is not asked for."""
        offered = {
            "language": languages(coaches),
            "background": dict(BACKGROUNDS),
            "where": dict(WHERE),
        }
        return cls(**{name: found for name, on in offered.items() if (found := asked.get(name, "")) in on})

    def __bool__(self) -> bool:
        return bool(self.language or self.background or self.where)

    @property
    def query(self) -> str:
        """Return the wish as it stands at the end of an address, with the & before it; empty for no wish."""
        said = {name: value for name, value in vars(self).items() if value}
        return f"&{urlencode(said)}" if said else ""

    def among(self, coaches: Sequence[Coach], enrolment: Enrolment) -> list[Coach]:
        """Return those of the coaches who are as wished."""
        return [coach for coach in coaches if self._met_by(coach, enrolment)]

    def _met_by(self, coach: Coach, enrolment: Enrolment) -> bool:
        speaks = not self.language or self.language in coach.languages
        worked = not self.background or self.background == worked_with_patients(coach)
        return speaks and worked and (not self.where or place(coach, enrolment) == self.where)


def worked_with_patients(coach: Coach) -> str:
    """Return yes or no; empty of a coach whose background nobody wrote down."""
    if coach.is_clinical:
        return YES
    return NO if coach.background else ""


def place(coach: Coach, enrolment: Enrolment) -> str:
    """Return where a coach works as this person sees it; empty where that is not known."""
    own = enrolment.belongs_to
    if coach.organisation_id is None:
        return ""
    if coach.organisation_id != own.pk:
        return ANOTHER_ORGANISATION
    unit = enrolment.respondent.workplace
    if not coach.unit or not unit or unit == own.name[:LONGEST_CODE]:
        return ""
    return SAME_UNIT if coach.unit[:LONGEST_CODE] == unit else ANOTHER_UNIT


def languages(coaches: Sequence[Coach]) -> list[str]:
    """Return the languages that these coaches speak, by their names."""
    return sorted({name for coach in coaches for name in coach.languages})


@dataclass(frozen=True)
class Facts:
    """What is said of a coach before anybody chooses."""

    coach: Coach
    place: str


def facts(coaches: Sequence[Coach], enrolment: Enrolment) -> list[Facts]:
    """Return what is said of each coach."""
    words = dict(WHERE)
    return [Facts(coach, str(words.get(place(coach, enrolment), ""))) for coach in coaches]
