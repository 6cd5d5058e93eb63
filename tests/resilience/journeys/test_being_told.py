"""The pages about messages: what somebody is told, and how a programme reminds."""

from datetime import timedelta

import pytest

from resilience.accounts.models import Role
from resilience.audit.models import AuditEvent
from resilience.journeys import being_told
from resilience.journeys.being_told import Nights
from resilience.measures import invitations
from resilience.messaging.models import Outgoing, State
from tests.factories import many
from tests.factories.accounts import UserFactory
from tests.factories.measures import TimepointFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
MINE = "/my/messages/"
THEIRS = "/manage/programmes/steady/messages/"
GOOD = {"reminders": "1", "first": "5", "second": "12"}


def posted(browser, **fields):
    return browser.post(MINE, {"programmes": [], "nights": "NO", **fields})


@pytest.fixture
def also(ada):
    cohort = CohortFactory(programme=ProgrammeFactory(slug="other", public_name="Another Ground"))
    return EnrolmentFactory(participant=ada.participant, cohort=cohort)


def test_each_programme_can_be_left_out(ada, also, as_participant, tuesday):
    page = as_participant.get(MINE).content.decode()
    assert page.count("checked") == 3  # both programmes, and "No" to nights

    answer = posted(as_participant, programmes=[str(also.pk)])

    ada.refresh_from_db()
    also.refresh_from_db()
    assert answer.url == MINE
    assert (ada.no_pages_since, also.no_pages_since) == (tuesday, None)
    assert AuditEvent.objects.filter(event="messages_chosen").count() == 1


def test_saying_it_again_keeps_since_when(ada, as_participant, tuesday, time_passes):
    posted(as_participant)
    time_passes(days=1)

    posted(as_participant)

    ada.refresh_from_db()
    assert ada.no_pages_since == tuesday


def test_word_can_be_wanted_again(ada, as_participant):
    posted(as_participant)

    posted(as_participant, programmes=[str(ada.pk)])

    ada.refresh_from_db()
    assert ada.no_pages_since is None


def test_nobody_chooses_for_somebody_else(ada, as_participant):
    other = EnrolmentFactory()

    answer = posted(as_participant, programmes=[str(other.pk)])

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("nights", "days"), [(Nights.ONE_WEEK, 7), (Nights.TWO_WEEKS, 14)], ids=["a week", "two weeks"]
)
def test_nights_end_by_themselves(ada, as_participant, tuesday, nights, days):
    posted(as_participant, nights=nights)

    ada.participant.refresh_from_db()
    assert ada.participant.nights_until == tuesday + timedelta(days=days)
    assert being_told.nights_of(ada.participant, now=tuesday) == Nights.AS_IT_IS
    assert being_told.nights_of(ada.participant, now=tuesday + timedelta(days=days)) == Nights.NO


def test_what_was_said_of_nights_stays_while_something_else_is_changed(
    ada, as_participant, tuesday, time_passes
):
    posted(as_participant, nights="ONE_WEEK")
    time_passes(minutes=20)

    assert "as I said before" in as_participant.get(MINE).content.decode()
    posted(as_participant, nights="AS_IT_IS")

    ada.participant.refresh_from_db()
    assert ada.participant.nights_until == tuesday + timedelta(days=7)


def test_as_before_is_offered_only_to_who_said_so(as_participant):
    assert posted(as_participant, nights="AS_IT_IS").status_code == 422


def test_until_i_say_names_no_year(ada, as_participant, tuesday):
    posted(as_participant, nights="UNTIL_THEY_SAY")

    assert "2999" not in as_participant.get(MINE).content.decode()
    ada.participant.refresh_from_db()
    assert being_told.nights_of(ada.participant, now=tuesday) == Nights.UNTIL_THEY_SAY


def test_who_stopped_chooses_nothing_more(ada, as_participant, tuesday):
    ada.withdrawn_at = tuesday
    ada.save()

    assert posted(as_participant).status_code == 409


def test_a_manager_sets_the_reminders(ada, as_manager):
    answer = as_manager.post(THEIRS, GOOD)

    programme = ada.cohort.programme
    programme.refresh_from_db()
    assert answer.url == THEIRS
    assert (programme.reminders, programme.first_reminder_days, programme.second_reminder_days) == (1, 5, 12)
    assert AuditEvent.objects.filter(event="reminders_set").count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"second": "5"}, "The second comes after the first"),
        ({"first": "0"}, "One day at least"),
        ({"second": "61"}, "60 days at most"),
        ({"first": "soon"}, "Write a number of days, such as 3"),
        ({"first": ""}, "Write a number of days"),
        ({"reminders": "3"}, "id_reminders"),
        ({"reminders": ""}, "Choose one"),
    ],
)
def test_what_does_not_fit_is_said_and_stays_typed(ada, as_manager, wrong, words):
    answer = as_manager.post(THEIRS, {**GOOD, **wrong})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="12"' in page or "second" in wrong
    ada.cohort.programme.refresh_from_db()
    assert ada.cohort.programme.reminders == 2


def test_a_manager_of_another_programme_finds_nothing(ada, sign_in):
    other = UserFactory(email="other-manager@example.org")
    from resilience import clock
    from resilience.accounts import roles

    roles.grant(user=other, role=Role.MANAGER, programme="other", by=None, now=clock.now())

    assert sign_in(other).get(THEIRS).status_code == 404


@pytest.fixture
def asked(ada, tuesday):
    timepoint = TimepointFactory(programme=ada.cohort.programme, label="After eight weeks", offset_days=1)
    crowd = [ada, *many.people(11, cohort=ada.cohort)]
    many.ask(crowd, timepoint, "who5")
    invitations.plan_due(now=tuesday)
    return crowd


def test_a_manager_reads_how_many_answered_in_each_group_and_no_name(asked, as_manager, drain):
    drain()

    page = as_manager.get(THEIRS).content.decode()

    assert "After eight weeks" in page
    assert ">12<" in page
    assert "0 (0%)" in page
    assert "ada@example.org" not in page
    assert "Everybody who takes part can be reached." in page


def test_only_where_a_message_was_not_delivered_is_there_a_name(asked, as_manager, tuesday):
    Outgoing.objects.filter(target_id=asked[0].pk).update(state=State.FAILED, settled_at=tuesday)

    page = as_manager.get(THEIRS).content.decode()

    assert "Ada, ada@example.org" in page
    assert "many-0@example.org" not in page
    assert "the last message did not arrive" in page


def test_before_anything_was_asked_the_page_says_so(ada, as_manager):
    assert "Nothing was asked yet." in as_manager.get(THEIRS).content.decode()
