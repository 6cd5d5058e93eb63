"""Loads the demonstration, once, in one transaction: an open cohort to walk through, a finished one to evaluate."""

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path

from django.db import transaction

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.coaching import guides
from resilience.coaching.models import AvailabilityRule, Coach
from resilience.demo import coaches, finished, meetings, pages, people, system, translations
from resilience.measures import grid
from resilience.messaging import optouts
from resilience.organisations import publishing, support
from resilience.organisations.models import BelongsAs, Organisation, SupportRoute
from resilience.participants import backing, consent
from resilience.participants.models import Coaching, Cohort, Papers, Programme, Respondent, ResultsShown

FOLDER = Path(__file__).parent / "programme"
SLUG = "demonstration"
TRANSLATED = ("fr",)
STAFF = {
    "coach-lead": Role.COACH_LEAD,
    "evaluator": Role.EVALUATOR,
    "editor": Role.EDITOR,
    "editor-2": Role.EDITOR,
    "manager": Role.MANAGER,
    "safeguarding": Role.SAFEGUARDING_LEAD,
    "safeguarding-2": Role.SAFEGUARDING_LEAD,
    "operator": Role.OPERATOR,
}
COACHES = (
    {
        "slug": "coach", "shown_name": "Ben", "phone": "+442079460101", "languages": ["English"],
        "background": "Nurse for twenty years, now teaches handover", "is_clinical": True, "unit": "Recovery",
        "profile": (
            "I worked on surgical wards and in recovery. I know what half past four in the morning feels like. "
            "I ask more than I say, and I am never in a hurry."
        ),
        "hours": {0: (9, 13), 1: (14, 19), 2: (9, 13), 3: (14, 19), 4: (9, 12)},
    },
    {
        "slug": "coach-2", "shown_name": "Meera", "phone": "+442079460102", "languages": ["English", "Gujarati"],
        "background": "Paramedic, trained in peer support", "is_clinical": True, "unit": "",
        "profile": (
            "I have spent most of my working life in ambulances and still do shifts. "
            "I keep an eye on the clock so that you need not."
        ),
        "hours": {0: (16, 20), 2: (16, 20), 3: (9, 13), 5: (10, 13)},
    },
)  # fmt: skip
LEARNER = {
    "slug": "coach-3", "shown_name": "Carys", "phone": "+442079460103", "languages": ["English", "Welsh"],
    "background": "", "is_clinical": False, "unit": "",
    "profile": "I taught for many years. I like to find out with people what they know already.",
    "hours": {},
}  # fmt: skip


def is_loaded() -> bool:
    """Return whether the demonstration is in this database."""
    return Programme.objects.filter(slug=SLUG).exists()


@transaction.atomic
def load(*, now: datetime) -> None:
    """Load everything where nothing is loaded yet."""
    if is_loaded():
        return
    words = tomllib.loads((FOLDER / "programme.toml").read_text())
    staff = {name: _staff(name, role, now=now) for name, role in STAFF.items()}
    hospitals, university = [_organisation(facts, staff, now=now) for facts in words["organisations"]]
    programme = _programme(words, hospitals)
    grid.plan(programme)
    guides.load(
        programme=programme,
        role=words["coach_role_html"],
        guidance=words["coach_guidance_html"],
        calls=words["call_guide"],
    )
    backing.enter(programme=programme, by=None, now=now, **words["backing"])
    Papers.objects.create(programme=programme, contact=words["contact"])
    form = consent.publish(programme=programme, information=words["information_sheet_html"].strip(), now=now)
    cohort = Cohort.objects.create(
        programme=programme,
        name="Open cohort",
        opens_on=(now - timedelta(days=60)).date(),
        open_enrolment=True,
    )
    cohort.organisations.add(university)
    coaching = [_coach(facts, programme, now=now) for facts in COACHES]
    learner = _coach(LEARNER, programme, now=now, in_training=True)
    coaches.load(programme=programme, coaches=coaching, learner=learner, lead=staff["coach-lead"], now=now)
    pages.load(programme=programme, folder=FOLDER)
    for language in TRANSLATED:
        translations.load(programme=programme, folder=FOLDER, language=language)
        translations.inform(programme=programme, folder=FOLDER, language=language, now=now)
    people.load(cohort=cohort, form=form, coach=coaching[1], university=university, now=now)
    meetings.load(cohort=cohort, coach=coaching[0], folder=FOLDER, now=now)
    system.load(cohort=cohort, now=now)
    finished.load(organisation=hospitals, public_name=programme.public_name, now=now)


def _organisation(facts: dict, staff: dict[str, User], *, now: datetime) -> Organisation:
    organisation = Organisation.objects.create(
        slug=facts["slug"],
        name=facts["name"],
        data_controller="nobody, since this organisation and the people in it are made up",
        incident_url=facts["incident_url"],
        belong_as=[BelongsAs[kind] for kind in facts["belong_as"]],
    )
    for position, route in enumerate(facts["people_to_talk_to"]):
        _route(organisation, route, position, staff, now=now)
    return organisation


def _route(
    organisation: Organisation, route: dict, position: int, staff: dict[str, User], *, now: datetime
) -> None:
    """Let two people publish a route, but for one that still waits for the second of them."""
    first, second = staff["safeguarding-2"], staff["safeguarding"]
    words = {
        name: route.get(name, "").strip()
        for name in ("label", "text", "phone", "sms", "url", "belongs_as", "kind_of_help")
    }
    ends = clock.local_day(now, "Europe/London") + timedelta(days=route["days"])
    version = SupportRoute(
        organisation=organisation, position=position, owner=second.pk, expires_on=ends, **words
    )
    publishing.begin(version, by=first, now=now)
    publishing.propose(version, by=first, now=now)
    if not route.get("waits", False):
        publishing.publish(version, by=second, now=now)
        support.mark_as_checked(version, by=second, now=now)


def _programme(words: dict, organisation: Organisation) -> Programme:
    return Programme.objects.create(
        slug=words["slug"],
        public_name=words["public_name"],
        organisation=organisation,
        wording=words["wording"],
        coaching=Coaching.OPTIONAL,
        results_shown=ResultsShown.ALWAYS,
        recruit_goal=60,
        retain_goal_percent=70,
    )


def _staff(name: str, role: str, *, now: datetime) -> User:
    user = people.sign_in(name)
    roles.grant(user=user, role=role, by=None, now=now)
    return user


def _coach(facts: dict, programme: Programme, *, now: datetime, in_training: bool = False) -> Coach:
    coach = Coach(
        user=_staff(facts["slug"], Role.COACH, now=now),
        respondent=Respondent.objects.create(),
        organisation=programme.organisation if facts["unit"] else None,
        phone_index=optouts.index(facts["phone"]),
        calendar_secret=people.word(facts["slug"], length=43),
        in_training=in_training,
        **{
            name: facts[name]
            for name in (
                "slug",
                "shown_name",
                "profile",
                "languages",
                "background",
                "is_clinical",
                "unit",
                "phone",
            )
        },
    )
    coach.save()
    coach.programmes.add(programme)
    AvailabilityRule.objects.bulk_create(
        AvailabilityRule(coach=coach, weekday=day, starts=time(start), ends=time(end))
        for day, (start, end) in facts["hours"].items()
    )
    return coach
