"""What is done on the site without a page: setting up, joining, a call that was held; and what the site keeps.

Each by the function that the page calls, in a process of its own beside the site's.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from django.test import Client

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.coaching import finishing
from resilience.coaching.models import Booking, Call, Coach, Outcome
from resilience.engagement import live_sessions
from resilience.journeys import joining
from resilience.measures import timetable as times
from resilience.measures.models import LeftOut, Occasion, Response
from resilience.messaging.models import OptOut, Outgoing
from resilience.organisations.models import Organisation
from resilience.participants import backing, consent, setting_up
from resilience.participants.models import Cohort, Enrolment, Programme, Purpose, Readiness
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.proofs.characters import Person
from tests.proofs.comparing import Kept, Row
from tests.proofs.timetables import Timetable

BACKEND = "resilience.accounts.backend.RoleBackend"
ABOUT = {"profession": "nurse"}


def set_up(timetable: Timetable, *, workshops: Mapping[str, datetime], now: datetime) -> None:
    """Make a programme with a ready-made timetable, an open group, its information, its workshops and a coach."""
    manager = _manager(now)
    house = Organisation.objects.filter(slug="riverside").first() or setting_up.make_organisation(
        organisation=Organisation(
            slug="riverside", name="Riverside Hospital", data_controller="Riverside Hospital"
        ),
        by=manager, now=now,
    )  # fmt: skip
    programme = setting_up.make_programme(
        programme=Programme(slug=timetable.slug, public_name=timetable.slug.title(), organisation=house),
        by=manager, now=now,
    )  # fmt: skip
    backing.enter(
        programme=programme, supervisor="Sue", supervisor_email="supervisor@example.org", cover="Another coach.",
        scope="Coaching, not therapy.", by=manager, now=now,
    )  # fmt: skip
    times.begin_from(programme=programme, schedule=timetable.slug, by=manager, now=now)
    group = Cohort(programme=programme, name="Everybody", opens_on=now.date(), open_enrolment=True)
    setting_up.open_group(group=group, by=manager, now=now)
    consent.publish(programme=programme, information="<p>What taking part means.</p>", now=now)
    for about, ends_at in workshops.items():
        _workshop(timetable.slug, about, ends_at, now)
    CoachFactory(slug=f"coach-{timetable.slug}", programmes=[programme], weekdays=())


def _manager(now: datetime) -> User:
    found = User.objects.filter(email="manager@example.org").first()
    if found is None:
        found = User.objects.create_user(email="manager@example.org")
        roles.grant(user=found, role=Role.MANAGER, by=None, now=now)
    return found


def _workshop(programme: str, about: str, ends_at: datetime, now: datetime) -> None:
    details = live_sessions.Details(
        about=about, title=about, starts_at=ends_at - timedelta(hours=3), ends_at=ends_at, capacity=200, place="Room 1",
        link="", facilitator=None,
    )  # fmt: skip
    live_sessions.keep(key=uuid4(), programme=programme, details=details, at=now)


def join(person: Person, slug: str, *, now: datetime) -> datetime:
    """Join somebody, with what they agree to, their number, and whether now is a good time; return when."""
    user = joining.person(email=person.address)
    cohort = Cohort.objects.select_related("programme").get(programme__slug=slug)
    purposes = {Purpose.TAKE_PART, Purpose.CALLS}
    purposes |= {Purpose.EVALUATION} if person.evaluated else set()
    purposes |= {Purpose.TEXTS} if person.texts else set()
    form = joining.form_of(cohort.programme)
    enrolment = joining.join(user=user, cohort=cohort, invitation=None, form=form, given=purposes, now=now)
    phone = person.phone if person.texts else ""
    joining.tell_about_you(enrolment=enrolment, about=ABOUT, chosen_name="", phone=phone, by=user, now=now)
    way = Readiness.NOT_NOW if person.not_now else Readiness.START
    joining.choose(enrolment=enrolment, way=way, ask_again_on=None, by=user, now=now)
    return now


def enrolment_of(person: Person, slug: str) -> Enrolment:
    """Return somebody's enrolment in the programme of this slug."""
    found = Enrolment.objects.select_related("cohort__programme", "participant__user")
    return found.get(participant__user__email=person.address, cohort__programme__slug=slug)


def hold_call(person: Person, slug: str, *, now: datetime) -> None:
    """Note a call of half an hour that has just ended well, and look whether it was the last, as after a real one."""
    enrolment = enrolment_of(person, slug)
    coach = Coach.objects.get(slug=f"coach-{slug}")
    begins = now - timedelta(minutes=35, microseconds=person.number)
    booking: Booking = BookingFactory(coach=coach, enrolment=enrolment, starts_at=begins)
    Call.objects.create(
        booking=booking, version=booking.version, room=secrets.token_urlsafe(32), started_at=begins, bridged_at=begins,
        ended_at=begins + timedelta(minutes=30), outcome=Outcome.FULFILLED, minutes=30,
    )  # fmt: skip
    finishing.look(enrolment, now=now)


def cookies_of(person: Person) -> dict[str, str]:
    """Return the cookies of a sign-in made without the code."""
    client = Client()
    client.force_login(User.objects.get(email=person.address), backend=BACKEND)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def opted_out() -> int:
    """Return of how many numbers STOP is kept."""
    return OptOut.objects.filter(ended_at=None).count()


class Keeping:
    """What the site holds, read now and then: what is let go in between was read before."""

    def __init__(self) -> None:
        self.whose: dict[str, tuple[int, str]] = {}
        self.of_respondent: dict[str, tuple[int, str]] = {}
        self.rows: dict[str, tuple] = {}

    def note(self, person: Person, slug: str) -> None:
        """Remember whose an enrolment is: after deleting nobody could say."""
        enrolment = enrolment_of(person, slug)
        self.whose[str(enrolment.pk)] = (person.number, slug)
        self.of_respondent[str(enrolment.respondent_id)] = (person.number, slug)

    def read_rows(self) -> None:
        """Read the messages about pages as they stand now."""
        found = Outgoing.objects.filter(kind__startswith="page_")
        self.rows |= {row[0]: row for row in found.values_list("key", "version", "state", "reason", "kind")}

    def read(self) -> dict[tuple[int, str], Kept]:
        """Return what the site holds, by person and programme."""
        self.read_rows()
        kept = {key: Kept() for key in self.whose.values()}
        for key, number, state, reason, _kind in self.rows.values():
            _name, enrolment, wave, *by_mail = key.split(":")
            kept[self.whose[enrolment]].rows.append(Row(wave, number, bool(by_mail), state, reason))
        self._asked(kept)
        return kept

    def _asked(self, kept: dict[tuple[int, str], Kept]) -> None:
        now = clock.now()
        for each in Occasion.objects.select_related("timepoint").prefetch_related("responses"):
            mine = kept[self.of_respondent[str(each.respondent_id)]]
            mine.occasions[each.timepoint.key, each.instrument] = _state(each, now)
        for each in LeftOut.objects.select_related("timepoint"):
            mine = kept[self.of_respondent[str(each.respondent_id)]]
            mine.left_out[each.timepoint.key, each.instrument] = each.why
        for each in Response.objects.select_related("occasion__timepoint"):
            mine = kept[self.of_respondent[str(each.respondent_id)]]
            pair = (each.occasion.timepoint.key, each.instrument)
            mine.responses.setdefault(pair, []).append(each.answers)


def _state(occasion: Occasion, now: datetime) -> str:
    if occasion.responses.all():
        return "answered"
    if occasion.overtaken_at is not None:
        return "overtaken"
    return "closed" if occasion.closes_at <= now else "open"
