"""The finished synthetic cohort: `cohort.generate()` put into a programme of its own, marked synthetic."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from resilience.coaching.models import Booking, By, Call, Coach, Outcome, Status
from resilience.demo import answers, cohort, finished_units, people
from resilience.demo.cohort import SyntheticCall, SyntheticPerson
from resilience.engagement.models import ActivityCompletion, How
from resilience.evaluation import plans
from resilience.measures import grid, schedules
from resilience.measures.models import Timepoint
from resilience.organisations.models import Organisation
from resilience.participants import consent
from resilience.participants.models import (
    Cohort,
    ConsentForm,
    ConsentRecord,
    Enrolment,
    Participant,
    Programme,
    Purpose,
    Readiness,
    Respondent,
)

SLUG, EVALUATION = "demonstration-finished", "demonstration"
FIRST_DAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LENGTH = timedelta(days=200)
TIMEPOINTS = tuple(cohort.ANSWERING)
ASKS = {row.key: row.asks for row in schedules.USUAL}
KEPT_OUT = 4  # joined, and did not let us use their answers
COST = {"coach_rate_per_hour": 40.0, "prep_minutes_per_call": 15, "supervision_pct": 10, "fixed": 0.0}
HALF_HOUR = timedelta(minutes=30)
NOT_MADE = frozenset({Purpose.QUOTES, Purpose.INTERVIEW, Purpose.SHARING})


def load(*, organisation: Organisation, public_name: str, now: datetime) -> None:
    """Make the programme, its people with their answers and calls, and the evaluation with its frozen plan."""
    start = min(FIRST_DAY, now - LENGTH)
    programme = Programme.objects.create(
        slug=SLUG,
        public_name=f"{public_name}: finished cohort ({cohort.LABEL.lower()})",
        organisation=organisation,
        is_synthetic=True,
        recruit_goal=60,
        retain_goal_percent=70,
    )
    plan = grid.plan(programme, keys=TIMEPOINTS)
    modules = [[str(_activity(module))] for module in range(1, programme.modules + 1)]
    evaluation = plans.open_evaluation(
        programme=programme,
        slug=EVALUATION,
        name=f"Finished cohort ({cohort.LABEL.lower()})",
        now=start,
        modules=modules,
        synthetic_note=cohort.NOTE,
        cost=COST,
    )
    finished_units.tell_of(evaluation, now=start + LENGTH)
    form = consent.publish(programme=programme, information=f"<p>{cohort.NOTE}</p>", now=start)
    months = Cohort.objects.create(
        programme=programme, name="Finished cohort", opens_on=start.date(),
        closes_on=(start + timedelta(days=14)).date(),
    )  # fmt: skip
    _fill(months, form, plan, start=start)


def _fill(months: Cohort, form: ConsentForm, plan: dict[str, Timepoint], *, start: datetime) -> None:
    everyone = cohort.generate()
    coaches = [_coach(number, months.programme) for number in (1, 2)]
    enrolled = {person.number: _enrol(person, months, start=start) for person in everyone}
    agreed = set(consent.OF_EVERYBODY) - NOT_MADE
    for odd, more in ((0, {Purpose.INTERVIEW}), (1, set())):  # every second one may be asked for an interview
        some = [each for number, each in enrolled.items() if number % 2 == odd]
        _agree(form, some, purposes=agreed | more)
    _agree(form, _kept_out(months, start=start), purposes={Purpose.TAKE_PART})
    answers.store(given for person in everyone for given in _given(person, enrolled, plan, start=start))
    ActivityCompletion.objects.bulk_create(
        ActivityCompletion(
            enrolment=enrolled[person.number],
            activity=_activity(place),
            how=How.DONE,
            at=start + timedelta(days=day),
        )
        for person in everyone
        for place, day in enumerate(person.module_days, start=1)
    )
    _hold_calls(everyone, enrolled, coaches, start=start)


def _activity(module: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"{SLUG}/{module}")


def _coach(number: int, programme: Programme) -> Coach:
    name = f"finished-coach-{number}"
    coach = Coach.objects.create(
        user=people.sign_in(name, is_active=False),
        respondent=Respondent.objects.create(),
        slug=name,
        shown_name=f"Coach {number} of the finished cohort",
        is_active=False,
        calendar_secret=people.word(name, length=43),
    )
    coach.programmes.add(programme)
    return coach


def _enrol(person: SyntheticPerson, months: Cohort, *, start: datetime) -> Enrolment:
    joined_at = start + timedelta(days=person.joined_day)
    respondent = Respondent.objects.create(
        profession=person.profession, level=person.level, gender=person.gender, shifts=person.shifts
    )
    modules_done = len(person.module_days) == months.programme.modules
    left = start + timedelta(days=person.withdrew_day) if person.withdrew_day is not None else None
    return _enrolment(
        f"finished-{person.number}", months, respondent, joined_at=joined_at, withdrawn_at=left,
        modules_done_at=start + timedelta(days=person.module_days[-1]) if modules_done else None,
    )  # fmt: skip


def _kept_out(months: Cohort, *, start: datetime) -> list[Enrolment]:
    names = [f"finished-kept-out-{number}" for number in range(1, KEPT_OUT + 1)]
    return [_enrolment(name, months, Respondent.objects.create(), joined_at=start) for name in names]


def _enrolment(
    name: str, months: Cohort, respondent: Respondent, *, joined_at: datetime, **more: object
) -> Enrolment:
    participant = Participant.objects.create(user=people.sign_in(name, is_active=False, joined_at=joined_at))
    return Enrolment.objects.create(
        participant=participant, cohort=months, respondent=respondent, joined_at=joined_at, about_you_at=joined_at,
        readiness=Readiness.START, readiness_at=joined_at, **more,
    )  # fmt: skip


def _agree(form: ConsentForm, enrolments: Sequence[Enrolment], *, purposes: set[str]) -> None:
    ConsentRecord.objects.bulk_create(
        ConsentRecord(
            enrolment=enrolment, form=form, purpose=purpose, given=purpose in purposes, at=enrolment.joined_at
        )
        for enrolment in enrolments
        for purpose in consent.OF_EVERYBODY
    )


def _given(
    person: SyntheticPerson, enrolled: dict[int, Enrolment], plan: dict[str, Timepoint], *, start: datetime
) -> Iterator[answers.Given]:
    """Yield every instrument of every time point that fell due, answered or not; a time point opens a day before."""
    usual = {"t1": person.joined_day, "t2": 39, "t3": 68, "t4": 111}
    for key, timepoint in plan.items():
        if person.withdrew_day is not None and usual[key] > person.withdrew_day:
            continue
        day = person.answered_day.get(key, usual[key])
        at = start + timedelta(days=day, hours=3)
        given = person.answers.get(key, {})
        for instrument in ASKS[key]:
            chosen = given.get(instrument)
            yield answers.Given(
                respondent=enrolled[person.number].respondent,
                timepoint=timepoint,
                instrument=instrument,
                due_at=at - timedelta(days=1),
                answers=None if chosen is None else {str(item): value for item, value in chosen.items()},
                at=at,
            )


def _hold_calls(
    everyone: Sequence[SyntheticPerson],
    enrolled: dict[int, Enrolment],
    coaches: Sequence[Coach],
    *,
    start: datetime,
) -> None:
    bookings, calls = [], []
    taken: dict[tuple[int, int], int] = {}
    for person in everyone:
        for call in person.calls:
            place = taken[call.coach, call.day] = taken.get((call.coach, call.day), -1) + 1
            starts_at = start + timedelta(days=call.day) + 2 * HALF_HOUR * place
            booking = _booking(call, enrolled[person.number], coaches[call.coach - 1], starts_at=starts_at)
            bookings.append(booking)
            if call.outcome != cohort.CANCELLED:
                calls.append(_call(call, booking))
    Booking.objects.bulk_create(bookings)
    Call.objects.bulk_create(calls)


def _booking(call: SyntheticCall, enrolment: Enrolment, coach: Coach, *, starts_at: datetime) -> Booking:
    cancelled = call.outcome == cohort.CANCELLED
    return Booking(
        coach=coach,
        enrolment=enrolment,
        participant=enrolment.participant,
        starts_at=starts_at,
        ends_at=starts_at + HALF_HOUR,
        blocked_until=starts_at + HALF_HOUR,
        status=Status.CANCELLED if cancelled else Status.BOOKED,
        cancelled_at=starts_at - timedelta(days=1) if cancelled else None,
        cancelled_by=By.PARTICIPANT if cancelled else "",
        time_zone="Europe/London",
        local_start=f"{starts_at:%Y-%m-%dT%H:%M}",
        made_at=starts_at - timedelta(days=3),
    )


def _call(call: SyntheticCall, booking: Booking) -> Call:
    held = call.outcome == Outcome.FULFILLED
    return Call(
        booking=booking,
        version=booking.version,
        room=f"finished-{booking.pk.hex}",
        started_at=booking.starts_at,
        bridged_at=booking.starts_at if held else None,
        ended_at=booking.starts_at + timedelta(minutes=call.minutes),
        outcome=call.outcome,
        minutes=call.minutes if held else None,
    )
