"""The evaluator sees codes and no names; the manager sees how to reach who said yes, and no code."""

import pytest

from resilience.accounts.models import Role
from resilience.evaluation.interviews import drawing, inviting
from resilience.evaluation.models import InterviewDraw, InterviewReply
from resilience.participants.models import Enrolment
from tests.factories.accounts import UserFactory
from tests.factories.participants import EnrolmentFactory

pytestmark = pytest.mark.django_db
DRAW, ARRANGE, ASKED = (
    "/evaluations/steady/interviews/",
    "/manage/programmes/steady/interviews/",
    "/my/interview/",
)


@pytest.fixture
def invited(ada, evaluation, chi, tuesday) -> InterviewDraw:
    made = drawing.draw(evaluation=evaluation, wanted=1, strata=(), seed="riverside", by=chi, now=tuesday)
    inviting.invite(draw=made, by=chi, now=tuesday)
    return made


def test_an_evaluator_draws_and_reads_codes_but_no_name(ada, evaluation, as_evaluator):
    as_evaluator.post(DRAW, {"wanted": "3", "strata": ["PROFESSION", "FINISHED"], "seed": "riverside"})

    page = as_evaluator.get(DRAW).content.decode()
    made = InterviewDraw.objects.get()
    assert (made.wanted, made.strata, made.seed) == (3, ["PROFESSION", "FINISHED"], "riverside")
    for words in (
        str(ada.respondent_id),
        "riverside",
        made.frame_hash,
        "The same people.",
        "chi@example.org",
    ):
        assert words in page
    assert "ada@example.org" not in page
    assert ">Ada<" not in page


@pytest.mark.parametrize("wanted", ["", "0", "51", "many"])
def test_how_many_is_a_number_from_1_to_50(ada, evaluation, as_evaluator, wanted):
    answer = as_evaluator.post(DRAW, {"wanted": wanted, "seed": "riverside"})

    assert answer.status_code == 422
    assert "Write a number from 1 to 50." in answer.content.decode()
    assert 'value="riverside"' in answer.content.decode()


def test_where_nobody_is_left_the_page_says_so(evaluation, as_evaluator):
    answer = as_evaluator.post(DRAW, {"wanted": "3"})

    assert answer.status_code == 422
    assert "Nobody is left to draw" in answer.content.decode()


def test_an_evaluation_of_another_programme_is_not_there(evaluation, sign_in):
    stranger = UserFactory()
    stranger.grants.create(role=Role.EVALUATOR, programme="elsewhere", granted_at=stranger.joined_at)

    assert sign_in(stranger).get(DRAW).status_code == 404


def test_a_manager_invites_once_and_sees_who_said_yes_but_no_code(ada, evaluation, chi, as_manager, tuesday):
    made = drawing.draw(evaluation=evaluation, wanted=1, strata=(), by=chi, now=tuesday)
    invite = f"{ARRANGE}{made.pk}/"

    as_manager.post(invite)
    twice = as_manager.post(invite, follow=True)
    inviting.reply(pick=made.picks.get(), yes=True, reach="", by=ada.participant.user, now=tuesday)

    assert "Nobody is asked twice." in twice.content.decode()
    page = as_manager.get(ARRANGE).content.decode()
    assert "ada@example.org" in page
    assert "Interview 1.1" in page
    assert str(ada.respondent_id) not in page
    assert str(ada.respondent_id)[:8] not in page


def test_nobody_stands_on_the_managers_page_before_they_said_yes(ada, invited, as_manager):
    assert "ada@example.org" not in as_manager.get(ARRANGE).content.decode()


def test_a_draw_of_another_programme_cannot_be_invited(invited, sign_in):
    stranger = UserFactory()
    stranger.grants.create(role=Role.MANAGER, programme="elsewhere", granted_at=stranger.joined_at)

    assert sign_in(stranger).get(ARRANGE).status_code == 404
    assert sign_in(stranger).post(f"{ARRANGE}{invited.pk}/").status_code == 404


def test_one_tap_says_yes_and_another_says_no(invited, as_participant):
    assert "Would you talk with us?" in as_participant.get(ASKED).content.decode()

    yes = as_participant.post(ASKED, {"say": "yes", "reach": "Ring after six"}, follow=True).content.decode()
    assert "You said yes. Thank you" in yes
    assert 'value="Ring after six"' in yes
    no = as_participant.post(ASKED, {"say": "no", "reach": "Ring after six"}, follow=True).content.decode()

    assert "You said no. That is fine" in no
    assert "Ring after six" not in no
    assert InterviewReply.objects.get().yes is False


def test_without_either_button_nothing_is_kept_and_what_was_typed_stays(invited, as_participant):
    answer = as_participant.post(ASKED, {"reach": "Ring after six"})

    assert answer.status_code == 422
    assert "Ring after six" in answer.content.decode()
    assert not InterviewReply.objects.exists()


def test_somebody_who_was_not_drawn_is_asked_nothing(invited, sign_in):
    other = sign_in(EnrolmentFactory().participant.user)

    assert "Nothing to answer now" in other.get(ASKED).content.decode()
    assert other.post(ASKED, {"say": "yes"}).status_code == 409
    assert not InterviewReply.objects.exists()


def test_after_stopping_a_page_that_was_open_is_refused_in_words(invited, ada, as_participant, tuesday):
    Enrolment.objects.filter(pk=ada.pk).update(withdrawn_at=tuesday)

    answer = as_participant.post(ASKED, {"say": "yes"})

    assert answer.status_code == 409
    assert "What you sent was not kept." in answer.content.decode()
