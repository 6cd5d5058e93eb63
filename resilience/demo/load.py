"""Loads the demonstration, once, in one transaction: an open cohort to walk through, a finished one to evaluate."""

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path

from django.db import transaction

from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.coaching import guides
from resilience.coaching.models import AvailabilityRule, Coach
from resilience.demo import finished, pages, people
from resilience.measures import grid
from resilience.messaging import optouts
from resilience.organisations.models import Organisation, SupportRoute
from resilience.participants import consent
from resilience.participants.models import Coaching, Cohort, Programme, Respondent

FOLDER = Path(__file__).parent / "programme"
SLUG = "demonstration"
STAFF = {
    "coach-lead": Role.COACH_LEAD,
    "evaluator": Role.EVALUATOR,
    "editor": Role.EDITOR,
    "manager": Role.MANAGER,
    "safeguarding": Role.SAFEGUARDING_LEAD,
    "operator": Role.OPERATOR,
}
COACHES = (
    {
        "slug": "coach", "shown_name": "Ben", "phone": "+442079460101", "languages": ["English"],
        "background": "Nurse for twenty years, now teaches handover",
        "profile": (
            "I worked on surgical wards and in recovery. I know what half past four in the morning feels like. "
            "I ask more than I say, and I am never in a hurry."
        ),
        "hours": {0: (9, 13), 1: (14, 19), 2: (9, 13), 3: (14, 19), 4: (9, 12)},
    },
    {
        "slug": "coach-2", "shown_name": "Meera", "phone": "+442079460102", "languages": ["English", "Gujarati"],
        "background": "Paramedic, trained in peer support",
        "profile": (
            "I have spent most of my working life in ambulances and still do shifts. "
            "I keep an eye on the clock so that you need not."
        ),
        "hours": {0: (16, 20), 2: (16, 20), 3: (9, 13), 5: (10, 13)},
    },
)  # fmt: skip


def is_loaded() -> bool:
    """Return whether the demonstration is in this database."""
    return Programme.objects.filter(slug=SLUG).exists()


@transaction.atomic
def load(*, now: datetime) -> None:
    """Load everything where nothing is loaded yet."""
    if is_loaded():
        return
    words = tomllib.loads((FOLDER / "programme.toml").read_text())
    organisation = _organisation(words, now=now)
    programme = _programme(words, organisation)
    grid.plan(programme)
    guides.load(
        programme=programme,
        role=words["coach_role_html"],
        guidance=words["coach_guidance_html"],
        calls=words["call_guide"],
    )
    form = consent.publish(programme=programme, information=words["information_sheet_html"].strip(), now=now)
    cohort = Cohort.objects.create(
        programme=programme,
        name="Open cohort",
        opens_on=(now - timedelta(days=60)).date(),
        open_enrolment=True,
    )
    for role, code in STAFF.items():
        _staff(role, code, now=now)
    coaches = [_coach(facts, programme, now=now) for facts in COACHES]
    pages.load(programme=programme, folder=FOLDER)
    people.load(cohort=cohort, form=form, coach=coaches[1], now=now)
    finished.load(organisation=organisation, public_name=programme.public_name, now=now)


def _organisation(words: dict, *, now: datetime) -> Organisation:
    organisation = Organisation.objects.create(
        slug="riverside",
        name="Riverside Hospitals (made up)",
        data_controller="nobody, since this organisation and the people in it are made up",
        incident_url="https://incidents.example.org/",
    )
    for position, route in enumerate(words["people_to_talk_to"]):
        reachable = route["phone"] or route["sms"]
        SupportRoute.objects.create(
            organisation=None if reachable else organisation,
            position=position,
            urgent=position == 0,
            checked_on=now.date(),
            **{name: route[name].strip() for name in ("label", "text", "phone", "sms", "url")},
        )
    return organisation


def _programme(words: dict, organisation: Organisation) -> Programme:
    return Programme.objects.create(
        slug=words["slug"],
        public_name=words["public_name"],
        organisation=organisation,
        coaching=Coaching.OPTIONAL,
        recruit_goal=60,
        retain_goal_percent=70,
    )


def _staff(name: str, role: str, *, now: datetime) -> User:
    user = people.sign_in(name)
    roles.grant(user=user, role=role, by=None, now=now)
    return user


def _coach(facts: dict, programme: Programme, *, now: datetime) -> Coach:
    coach = Coach(
        user=_staff(facts["slug"], Role.COACH, now=now),
        respondent=Respondent.objects.create(),
        phone_index=optouts.index(facts["phone"]),
        calendar_secret=people.word(facts["slug"], length=43),
        **{
            name: facts[name]
            for name in ("slug", "shown_name", "profile", "languages", "background", "phone")
        },
    )
    coach.save()
    coach.programmes.add(programme)
    AvailabilityRule.objects.bulk_create(
        AvailabilityRule(coach=coach, weekday=day, starts=time(start), ends=time(end))
        for day, (start, end) in facts["hours"].items()
    )
    return coach
