"""The page of what gets in the way: sums of ten, and a log that names posts."""

import pytest

from resilience.accounts.models import Role
from resilience.audit.models import AuditEvent
from resilience.engagement import telling
from resilience.organisations.system_models import ActionState, SystemAction
from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.participants import EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
PAGE = "/manage/system/"


@pytest.fixture
def riverside():
    return ProgrammeFactory().organisation


@pytest.fixture
def written(riverside) -> dict:
    return {
        "where": str(riverside.pk), "factor": "HANDOVER", "what": "One sheet for both wards.",
        "post": "Head of pharmacy", "state": "TAKEN_ON",
    }  # fmt: skip


@pytest.fixture
def hilltop():
    return ProgrammeFactory(
        slug="other", organisation=OrganisationFactory(slug="hilltop", name="Hilltop")
    ).organisation


@pytest.fixture
def manages_steady(sign_in, riverside):
    return sign_in(UserFactory(roles=[Role.MANAGER], roles__programme="steady"))


def tell_of(people: int, now) -> None:
    for _number in range(people):
        one = EnrolmentFactory()
        telling.tell(
            enrolment=one, organisation=one.cohort.programme.organisation, factors=["STAFFING"], at=now
        )


@pytest.mark.parametrize("people", [0, 1, 9])
def test_below_ten_people_the_page_is_the_same_as_with_nobody(as_manager, riverside, tuesday, people):
    nobody = as_manager.get(PAGE).context["organisations"][0]["raised"]

    tell_of(people, tuesday)

    assert as_manager.get(PAGE).context["organisations"][0]["raised"] == nobody == []
    assert "Nothing has been raised by ten people yet" in as_manager.get(PAGE).content.decode()


def test_from_ten_people_on_the_list_is_shown(as_manager, riverside, tuesday):
    tell_of(10, tuesday)

    page = as_manager.get(PAGE).content.decode()
    assert "10 people have raised something" in page
    assert page.index("Staffing") < page.index("more than half of them") < page.index("Equipment")


def test_a_line_of_the_log_stands_there_with_its_day_and_in_the_trail(as_manager, written):
    assert as_manager.post(PAGE, written).url == PAGE

    action = SystemAction.objects.get()
    assert (action.state, str(action.raised_on), str(action.taken_on)) == (
        "TAKEN_ON",
        "2026-11-03",
        "2026-11-03",
    )
    event = AuditEvent.objects.get(event="system_action_added")
    assert event.facts == {"factor": "HANDOVER", "state": "TAKEN_ON"}
    assert "Taken on by Head of pharmacy" in as_manager.get(PAGE).content.decode()


def test_a_line_comes_further_and_keeps_its_earlier_days(as_manager, sign_in, written, time_passes):
    as_manager.post(PAGE, written)
    action = SystemAction.objects.get()
    time_passes(days=9)

    sign_in(UserFactory(roles=[Role.MANAGER])).post(f"{PAGE}{action.pk}/", {**written, "state": "DONE"})

    action.refresh_from_db()
    assert (str(action.taken_on), str(action.done_on)) == ("2026-11-03", "2026-11-12")
    assert AuditEvent.objects.filter(event="system_action_changed").count() == 1


@pytest.mark.parametrize("post", ["jo@example.org", "Dr Adeyemi", "mrs. Jones"])
def test_a_person_is_refused_as_a_post(as_manager, written, post):
    answer = as_manager.post(PAGE, {**written, "post": post})

    assert answer.status_code == 422
    assert "Write the post, not the person" in answer.content.decode()
    assert "One sheet for both wards." in answer.content.decode()


@pytest.mark.parametrize("post", ["Director of nursing", "Rota office", "Drug safety lead"])
def test_a_post_is_taken(as_manager, written, post):
    assert as_manager.post(PAGE, {**written, "post": post}).status_code == 302


def test_what_is_taken_on_needs_a_post(as_manager, written):
    answer = as_manager.post(PAGE, {**written, "post": ""})

    assert (answer.status_code, SystemAction.objects.count()) == (422, 0)
    assert "Write which post has taken it on" in answer.content.decode()


def test_a_manager_of_one_programme_sees_and_changes_no_other_organisation(
    manages_steady, hilltop, written, tuesday
):
    theirs = SystemAction.objects.create(
        organisation=hilltop,
        factor="ROTA",
        what="A rota of theirs",
        state=ActionState.RAISED,
        raised_on=tuesday.date(),
    )

    page = manages_steady.get(PAGE).content.decode()
    answer = manages_steady.post(PAGE, {**written, "where": str(hilltop.pk)})

    assert "Hilltop" not in page
    assert "A rota of theirs" not in page
    assert answer.status_code == 422
    assert manages_steady.get(f"{PAGE}{theirs.pk}/").status_code == 404
    assert manages_steady.post(f"{PAGE}{theirs.pk}/", written).status_code == 404


def test_a_manager_without_a_programme_reads_why_there_is_nothing(sign_in):
    nobody = sign_in(UserFactory(roles=[Role.MANAGER], roles__programme="gone"))

    page = nobody.get(PAGE).content.decode()
    assert "You run no programme yet" in page
    assert "Add it" not in page


def test_people_read_the_log_of_their_own_organisation(as_participant, as_manager, written, hilltop, tuesday):
    as_manager.post(PAGE, written)
    SystemAction.objects.create(
        organisation=hilltop,
        factor="ROTA",
        what="A rota of theirs",
        state=ActionState.RAISED,
        raised_on=tuesday.date(),
    )

    page = as_participant.get("/my/system/").content.decode()

    assert "One sheet for both wards." in page
    assert "Head of pharmacy" in page
    assert "A rota of theirs" not in page
    assert "This is not an incident report." in page
    assert 'href="https://incidents.example.org/"' in page


def test_after_stopping_the_page_leads_to_plain_words(as_participant, ada, tuesday):
    ada.withdrawn_at = tuesday
    ada.save()

    assert as_participant.get("/my/system/").url == "/my/"


@pytest.mark.parametrize("lines", [1, 10, 200])
def test_the_page_costs_the_same_with_one_line_and_with_many(
    as_participant, ada, tuesday, lines, django_assert_max_num_queries
):
    organisation = ada.cohort.programme.organisation
    SystemAction.objects.bulk_create(
        SystemAction(
            organisation=organisation,
            factor="ROTA",
            what=f"Line {number}",
            state="RAISED",
            raised_on=tuesday.date(),
        )
        for number in range(lines)
    )

    with django_assert_max_num_queries(6):
        page = as_participant.get("/my/system/")
    assert f"Line {lines - 1}" in page.content.decode()
