"""The people of the open cohort: `participant` at the very start, and 39 others at different points."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from content_pages import outline
from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.coaching import booking, no_time, offers, other_ways, slots
from resilience.coaching.models import Coach
from resilience.coaching.ways import Way
from resilience.demo import answers, between, writings
from resilience.engagement.models import ActivityCompletion, How, PageView
from resilience.measures import catalogue, timepoints
from resilience.measures.models import Timepoint
from resilience.messaging import optouts
from resilience.organisations.models import BelongsAs, Organisation
from resilience.participants import consent
from resilience.participants.models import (
    Cohort,
    ConsentForm,
    ConsentRecord,
    Enrolment,
    Participant,
    Readiness,
    Respondent,
)

SIZE = 40
SEED = 40
NAMES = (
    "Ada", "Tom", "Priya", "Joan", "Sam", "Ruth", "Omar", "Ellen", "Kofi", "Mair", "Dee", "Ivan", "Nia", "Leo",
    "Hana", "Gwen", "Paul", "Zoe", "Amir", "Beth",
)  # fmt: skip
PROFESSIONS = ("nurse", "nurse", "midwife", "doctor", "paramedic", "radiographer", "student")


@dataclass(frozen=True)
class Point:
    """How far somebody has come: days since joining, modules done, pieces of the next one, pages answered."""

    days: float
    modules: int = 0
    pieces: int = 0
    answered: tuple[str, ...] = ()


POINTS = {
    1: Point(days=0),
    2: Point(days=1, answered=("t1",)),
    3: Point(days=4, pieces=2, answered=("t1",)),
    4: Point(days=8, modules=1, answered=("t1",)),
    5: Point(days=15, modules=2, pieces=1, answered=("t1",)),
    6: Point(days=22, modules=3, answered=("t1",)),
    7: Point(days=29, modules=4, pieces=3, answered=("t1",)),
    8: Point(days=31, modules=5, answered=("t1",)),
    9: Point(days=33, modules=5, answered=("t1", "t2")),
    10: Point(days=34, modules=5, answered=("t1", "t2")),
}
OFFERED = Point(days=20, modules=5, answered=("t1", "t2"))
DECLINES, HAS_A_CALL, WROTE = 9, 10, 9
STUDENT = 5
TALKS_BY_RELAY = 14
NO_TIME_SUITS = {
    12: ["SAT", "SUN", "MORNING"],
    13: ["MON", "SAT", "NIGHT", "MORNING"],
    15: ["SAT", "MORNING"],
}


def role_name(number: int) -> str:
    """Return the name under which the person of this number signs in."""
    return "participant" if number == 1 else f"participant-{number}"


def address(name: str) -> str:
    """Return the e-mail address of somebody in the demonstration."""
    return f"{name}@example.org"


def sign_in(name: str, **more: object) -> User:
    """Return a stored sign-in without a password."""
    return User.objects.create_user(address(name), **more)


def word(name: str, *, length: int) -> str:
    """Return a word that is always the same for a name: the demonstration's links stay the same."""
    return hashlib.sha256(f"demonstration {name}".encode()).hexdigest()[:length]


def load(*, cohort: Cohort, form: ConsentForm, coach: Coach, university: Organisation, now: datetime) -> None:
    """Make the forty of them; one is a student of the university."""
    dice = random.Random(SEED)  # noqa: S311 - answers are drawn here, not keys
    enrolments = {number: _join(number, cohort, form, now=now) for number in range(1, SIZE + 1)}
    _study(enrolments[STUDENT], university)
    plan = {timepoint.key: timepoint for timepoint in timepoints.plan_of(cohort.programme_id)}
    modules = [
        [piece.key for piece in module.activities] for module in outline.read(cohort.programme.slug).modules
    ]
    answers.store(_answers(dice, enrolments, plan, now=now))
    _go_through(enrolments, modules, now=now)
    for number, enrolment in enrolments.items():
        if number <= len(POINTS):
            timepoints.refresh(enrolment=enrolment, now=now)
    offers.decline(enrolments[DECLINES], reason="NO_TIME", by=enrolments[DECLINES].participant.user, now=now)
    _book(enrolments[HAS_A_CALL], coach, now=now)
    _ask(enrolments, now=now)
    writings.store(enrolments[WROTE], now=now)


def _join(number: int, cohort: Cohort, form: ConsentForm, *, now: datetime) -> Enrolment:
    point = POINTS.get(number, OFFERED)
    joined_at = now - timedelta(days=point.days)
    user = sign_in(role_name(number), joined_at=joined_at)
    roles.grant(user=user, role=Role.PARTICIPANT, programme=cohort.programme.slug, by=user, now=joined_at)
    phone = f"+447700900{number:03d}"
    participant = Participant(user=user, phone_index=optouts.index(phone), phone_takes_texts=True)
    participant.chosen_name, participant.phone = NAMES[number % len(NAMES) - 1], phone
    participant.save()
    enrolment = Enrolment.objects.create(
        participant=participant,
        cohort=cohort,
        respondent=Respondent.objects.create(
            profession=PROFESSIONS[number % len(PROFESSIONS)], level="experienced", shifts="days_and_nights"
        ),
        joined_at=joined_at,
        about_you_at=joined_at,
        readiness=Readiness.START,
        readiness_at=joined_at,
        modules_done_at=joined_at + timedelta(days=point.days * 0.8)
        if point.modules == cohort.programme.modules
        else None,
    )
    ConsentRecord.objects.bulk_create(
        ConsentRecord(enrolment=enrolment, form=form, purpose=purpose, given=True, at=joined_at)
        for purpose in consent.OF_EVERYBODY
    )
    return enrolment


def _study(enrolment: Enrolment, university: Organisation) -> None:
    enrolment.organisation, enrolment.belongs_as = university, BelongsAs.STUDENT
    enrolment.save(update_fields=["organisation", "belongs_as"])
    enrolment.respondent.profession, enrolment.respondent.level = "student", "in_training"
    enrolment.respondent.save(update_fields=["profession", "level"])


def _answers(
    dice: random.Random, enrolments: dict[int, Enrolment], plan: dict[str, Timepoint], *, now: datetime
) -> Iterator[answers.Given]:
    for number, enrolment in enrolments.items():
        due = timepoints.due_dates(enrolment, plan.values())
        for key in POINTS.get(number, OFFERED).answered:
            timepoint = plan[key]
            for cell in timepoint.planned.all():
                yield answers.Given(
                    respondent=enrolment.respondent,
                    timepoint=timepoint,
                    instrument=cell.instrument,
                    due_at=due[timepoint.pk],
                    answers=_draw(dice, cell.instrument),
                    at=min(due[timepoint.pk] + timedelta(minutes=20), now),
                )


def _draw(dice: random.Random, instrument: str) -> dict[str, int]:
    return {item.key: dice.choice(item.options).value for item in catalogue.get(instrument).asked}


def _go_through(enrolments: dict[int, Enrolment], modules: list[list[UUID]], *, now: datetime) -> None:
    done, seen = [], []
    for number, enrolment in enrolments.items():
        point = POINTS.get(number, OFFERED)
        pieces = [key for module in modules[: point.modules] for key in module]
        pieces += modules[point.modules][: point.pieces] if point.pieces else []
        step = timedelta(days=point.days * 0.8) / max(1, len(pieces))
        for place, key in enumerate(pieces, start=1):
            at = enrolment.joined_at + step * place
            done.append(ActivityCompletion(enrolment=enrolment, activity=key, how=How.DONE, at=at))
            seen.append(PageView(enrolment=enrolment, page=key, day=at.date(), at=at))
    ActivityCompletion.objects.bulk_create(done, batch_size=500)
    PageView.objects.bulk_create(seen, batch_size=500)


def _ask(enrolments: dict[int, Enrolment], *, now: datetime) -> None:
    """Let some ask for what no free time, or no telephone, gives them."""
    for number, wanted in NO_TIME_SUITS.items():
        no_time.ask(enrolment=enrolments[number], wanted=wanted, tell_me=False, now=now)
    relay = enrolments[TALKS_BY_RELAY]
    other_ways.ask(enrolment=relay, way=Way.TEXT_RELAY, by=relay.participant.user, now=now)


def _book(enrolment: Enrolment, coach: Coach, *, now: datetime) -> None:
    length = timedelta(minutes=enrolment.cohort.programme.call_minutes)
    first = slots.next_free(coaches=[coach], length=length, now=now + timedelta(days=1), most=1)[0]
    made = booking.book(
        coach=coach,
        starts_at=first.starts_at,
        enrolment=enrolment,
        request=uuid4(),
        by=enrolment.participant.user,
        now=now,
    )
    between.load(made, coach=coach, now=now)
