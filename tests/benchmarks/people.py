"""Made-up people for measuring: a few with a sign-in of their own, and as many others as a size asks for."""

from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.db import connection
from django.test import Client

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.measures.models import Anchor, Occasion, PlannedMeasure, Timepoint
from resilience.participants.models import Cohort, Enrolment, Participant, Programme, Respondent

HOST = "bench.localhost"
BACKEND = "resilience.accounts.backend.RoleBackend"


@dataclass(frozen=True)
class SignedIn:
    """The cookies of somebody who is signed in, as one header."""

    cookies: str


def sign_in(user: User) -> SignedIn:
    """Return the cookies after signing in and opening a page."""
    client = Client(headers={"host": HOST})
    client.force_login(user, backend=BACKEND)
    client.get("/bench/read/", secure=True)
    token = "a" * 32
    sent = [f"{name}={morsel.value}" for name, morsel in client.cookies.items() if "csrf" not in name]
    return SignedIn("; ".join([*sent, f"__Host-csrf={token}"]))


def reader() -> SignedIn:
    """Return somebody of the open cohort who has gone through the parts."""
    return sign_in(User.objects.get(email__startswith="participant-15@"))


def answerers(count: int) -> list[SignedIn]:
    """Return people who are each asked thirty questions now."""
    programme = Programme.objects.get(slug="demonstration")
    timepoint, fresh = Timepoint.objects.get_or_create(
        programme=programme, key="bench",
        defaults={"label": "Bench", "position": 90, "anchor": Anchor.ENROLMENT, "latest_days": 3650},
    )  # fmt: skip
    if fresh:
        PlannedMeasure.objects.create(timepoint=timepoint, instrument="bench30", position=1)
    cohort = Cohort.objects.get(programme=programme, open_enrolment=True)
    return [_answerer(number, cohort, timepoint) for number in range(count)]


def _answerer(number: int, cohort: Cohort, timepoint: Timepoint) -> SignedIn:
    now = clock.now()
    user = User.objects.create_user(email=f"bench-{number}-{now.timestamp()}@example.org")
    roles.grant(user=user, role=Role.PARTICIPANT, by=None, now=now)
    respondent = Respondent.objects.create(profession="nurse", is_test=True)
    person = Participant.objects.create(user=user)
    Enrolment.objects.create(
        participant=person, cohort=cohort, respondent=respondent, joined_at=now, readiness="START", readiness_at=now,
        about_you_at=now,
    )  # fmt: skip
    Occasion.objects.create(
        respondent=respondent, timepoint=timepoint, instrument="bench30", due_at=now,
        closes_at=now + timedelta(days=9),
    )  # fmt: skip
    return sign_in(user)


TABLES = {
    "privacy_datakey": "id, wrapped, made_at, destroyed_at|{id1}, x'00', {now}, NULL",
    "accounts_user": (
        "id, password, is_superuser, email, is_active, language, joined_at, data_key_id"
        "|{id2}, '!', 0, 'crowd-' || n || '@example.org', 1, '', {now}, {id1}"
    ),
    "accounts_rolegrant": "id, user_id, role, programme, granted_at|{id3}, {id2}, 'PARTICIPANT', '', {now}",
    "participants_respondent": (
        "study_id, profession, level, workplace, gender, shifts, is_test|{id4}, 'nurse', '', '', '', '', 1"
    ),
    "participants_participant": (
        "id, user_id, chosen_name, phone, phone_index, phone_takes_texts, time_zone"
        "|{id5}, {id2}, '', '', '', 0, 'Europe/London'"
    ),
    "participants_enrolment": (
        "id, participant_id, cohort_id, respondent_id, belongs_as, joined_at, readiness, has_raised"
        "|{id6}, {id5}, {cohort}, {id4}, '', {now}, 'START', 0"
    ),
    "engagement_activitycompletion": "id, enrolment_id, activity, how, at|{id7}, {id6}, {id8}, 'DONE', {now}",
}


def crowd(*, first: int, last: int) -> None:
    """Add people number `first` to `last` by one statement a table (SQLite): a row in each table that a page reads."""
    cohort = Cohort.objects.get(programme__slug="demonstration", open_enrolment=True).pk.hex
    words = {f"id{kind}": f"printf('%08x%024x', {kind}, n)" for kind in range(1, 9)}
    words |= {"now": "'2026-11-01 10:00:00'", "cohort": f"'{cohort}'"}
    with connection.cursor() as cursor:
        for table, text in TABLES.items():
            columns, values = text.split("|", 1)
            more = _defaults(table, named=columns.split(", "))
            cursor.execute(
                f"WITH RECURSIVE many(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM many WHERE n < {last}) "
                f"INSERT INTO {table} ({', '.join([columns, *more])}) "
                f"SELECT {', '.join([_filled(values, words), *['%s'] * len(more)])} FROM many",
                list(more.values()),
            )
        cursor.execute("ANALYZE")


def _filled(values: str, words: dict[str, str]) -> str:
    return values.format(**words).replace("%", "%%")


def _defaults(table: str, *, named: list[str]) -> dict[str, object]:
    """Return what the model puts into each other column that takes no NULL."""
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    left = [each for each in model._meta.concrete_fields if not each.null and each.column not in named]
    return {each.column: each.get_db_prep_save(each.get_default(), connection) for each in left}
