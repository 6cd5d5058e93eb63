"""What a page of the programme asks of the database stays the same, however many people, parts and completions."""

import uuid

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from zeal import NPlusOneError

from content_pages.models import ModulePage, ProgrammePage
from resilience.accounts.models import User
from resilience.engagement.models import ActivityCompletion, How
from resilience.participants.models import Cohort, Enrolment, Participant, Respondent
from resilience.privacy.models import DataKey
from tests.factories.content_pages import MODULE, READING
from tests.factories.participants import EnrolmentFactory
from tests.plugins import queries

PAGES = ("/my/", MODULE, READING, "/kept/steady/being-human-at-work/good-people-hard-jobs/")
SIZES = (1, 10, 1_000)


def asked(client: object, address: str) -> int:
    """Return how many questions a page asks when it is read again."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def people(many: int, like: Enrolment) -> None:
    """Let many others take part, each with something behind them."""
    keys = DataKey.objects.bulk_create(DataKey(wrapped=b"", made_at=like.joined_at) for _ in range(many))
    users = User.objects.bulk_create(
        User(email=f"other-{n}-{many}@example.org", data_key=key) for n, key in enumerate(keys)
    )
    persons = Participant.objects.bulk_create(Participant(user=user) for user in users)
    respondents = Respondent.objects.bulk_create(Respondent(profession="nurse") for _ in users)
    cohort = Cohort.objects.get(pk=like.cohort_id)
    pairs = zip(persons, respondents, strict=True)
    enrolled = Enrolment.objects.bulk_create(
        Enrolment(participant=person, respondent=respondent, cohort=cohort, joined_at=like.joined_at)
        for person, respondent in pairs
    )
    ActivityCompletion.objects.bulk_create(_done(each) for each in enrolled)


def parts(many: int, like: Enrolment) -> None:
    """Add many parts to the programme: rows that are copies of its first, since Wagtail adds pages one by one."""
    programme, first = ProgrammePage.objects.get(), ModulePage.objects.order_by("path").first()
    pages = Page.objects.bulk_create(
        Page(
            path=f"{programme.path}{n:04}", depth=first.depth, title=f"Part {n}", slug=f"part-{n}", locale=first.locale,
            url_path=f"{programme.url_path}part-{n}/", content_type=first.content_type, live=True, owner=None,
        )
        for n in range(many * 8, many * 9)
    )  # fmt: skip
    columns = ", ".join(
        field.column for field in ModulePage._meta.local_concrete_fields if not field.primary_key
    )
    table = ModulePage._meta.db_table
    copy = f"INSERT INTO {table} (page_ptr_id, {columns}) SELECT %s, {columns} FROM {table} WHERE page_ptr_id = %s"
    with connection.cursor() as cursor:
        cursor.executemany(copy, [(page.pk, first.pk) for page in pages])


def completions(many: int, like: Enrolment) -> None:
    """Put many pieces behind the reader."""
    ActivityCompletion.objects.bulk_create(_done(like) for _ in range(many))


def _done(enrolment: Enrolment) -> ActivityCompletion:
    return ActivityCompletion(
        enrolment=enrolment, activity=uuid.uuid4(), how=How.DONE, at=enrolment.joined_at
    )


@pytest.mark.parametrize("add", [people, parts, completions])
def test_the_cost_of_a_page_does_not_grow(steady, ada, as_participant, add):
    for address in PAGES:
        asked(as_participant, address)  # what is made once is made now
    found = []
    for size in SIZES:
        add(size, ada)
        found.append([asked(as_participant, address) for address in PAGES])

    assert found[0] == found[1] == found[2]


def test_a_question_for_each_row_fails_the_test(db):
    for _ in range(3):
        EnrolmentFactory()

    def careless(request: object) -> list:
        return [each.participant.chosen_name for each in Enrolment.objects.all()]

    with pytest.raises(NPlusOneError):
        queries.guard(careless)(RequestFactory().get("/my/anything/"))


def test_a_page_that_participants_do_not_read_is_left_alone(db):
    for _ in range(3):
        EnrolmentFactory()

    def careless(request: object) -> int:
        return len([each.participant.chosen_name for each in Enrolment.objects.all()])

    assert queries.guard(careless)(RequestFactory().get("/manage/")) == 3
