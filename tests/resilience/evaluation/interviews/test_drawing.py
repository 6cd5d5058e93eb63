"""Only people who agreed to be asked are drawn, nobody twice, and whoever has the seed can draw them again."""

from datetime import timedelta

import pytest

from resilience import db
from resilience.audit.models import AuditEvent
from resilience.coaching.models import Call, Outcome
from resilience.evaluation.interviews import drawing, frame
from resilience.evaluation.models import InterviewDraw, InterviewPick
from resilience.participants.models import ConsentForm, ConsentRecord, Enrolment, Purpose, Respondent
from tests.factories.coaching import BookingFactory
from tests.factories.participants import EnrolmentFactory

pytestmark = pytest.mark.django_db
TO_TAKE_PART = [Purpose.TAKE_PART, Purpose.EVALUATION]


@pytest.fixture
def draw(evaluation, chi, tuesday):
    """Draw in Ada's programme: `draw(wanted=2, seed="riverside")`."""

    def make(*, wanted: int = 50, strata: tuple = (), seed: str = "riverside") -> InterviewDraw:
        return drawing.draw(
            evaluation=evaluation, wanted=wanted, strata=strata, seed=seed, by=chi, now=tuesday
        )

    return make


def codes(made: InterviewDraw) -> list[str]:
    return [str(pick.respondent_id) for pick in made.picks.all()]


def say(enrolment: Enrolment, *, yes: bool, at) -> None:
    form = ConsentForm.objects.get()
    ConsentRecord.objects.create(enrolment=enrolment, form=form, purpose=Purpose.INTERVIEW, given=yes, at=at)


def has_stopped(other: Enrolment, at) -> None:
    Enrolment.objects.filter(pk=other.pk).update(withdrawn_at=at)


def took_it_back(other: Enrolment, at) -> None:
    say(other, yes=False, at=at + timedelta(minutes=1))


def tries_the_site(other: Enrolment, at) -> None:
    Respondent.objects.filter(pk=other.respondent_id).update(is_test=True)


def may_not_sign_in(other: Enrolment, at) -> None:
    other.participant.user.is_active = False
    other.participant.user.save()


@pytest.mark.parametrize("not_drawn", [has_stopped, took_it_back, tries_the_site, may_not_sign_in])
def test_only_those_who_take_part_and_agreed_to_be_asked_are_drawn(ada, draw, tuesday, not_drawn):
    not_drawn(EnrolmentFactory(), tuesday)
    EnrolmentFactory(consents=TO_TAKE_PART)

    assert codes(draw()) == [str(ada.respondent_id)]


def test_whoever_agrees_again_can_be_drawn_again(draw, tuesday):
    other = EnrolmentFactory(consents=TO_TAKE_PART)
    say(other, yes=True, at=tuesday + timedelta(minutes=1))

    assert codes(draw()) == [str(other.respondent_id)]


def test_where_nobody_can_be_drawn_nothing_is_kept(ada, draw, tuesday):
    took_it_back(ada, tuesday)

    with pytest.raises(drawing.Nobody):
        draw()

    assert not InterviewDraw.objects.exists()


def test_a_draw_keeps_who_drew_when_how_and_whom(draw, chi, tuesday):
    EnrolmentFactory.create_batch(3)

    made = draw(wanted=2, strata=("PROFESSION",))

    assert (made.drawn_by, made.drawn_at, made.seed, made.wanted) == (chi.pk, tuesday, "riverside", 2)
    assert (made.strata, made.frame_size, len(made.frame_hash)) == (["PROFESSION"], 3, 64)
    assert made.picks.count() == 2
    told = AuditEvent.objects.get(event="interviews_drawn")
    assert (told.target_id, told.facts["drawn"]) == (str(made.pk), 2)


def test_without_a_seed_one_is_made_and_kept(ada, draw):
    assert len(draw(seed="").seed) == 8


def test_the_same_seed_draws_the_same_people_again_and_says_so_where_others_could_be_drawn(draw):
    EnrolmentFactory.create_batch(6)
    made = draw(wanted=3)
    draw(wanted=2)

    assert drawing.again(made) is True
    EnrolmentFactory()
    assert drawing.again(made) is None


def test_a_log_that_names_somebody_else_is_noticed(evaluation, draw):
    EnrolmentFactory.create_batch(4)
    made = draw(wanted=2)
    drawn = list(made.picks.all())
    InterviewPick.objects.filter(draw=made).erase()
    InterviewPick.objects.bulk_create(
        InterviewPick(draw=made, respondent_id=pick.respondent_id, place=3 - pick.place) for pick in drawn
    )

    assert drawing.again(made) is False


def test_nobody_is_drawn_twice_in_a_programme(draw):
    EnrolmentFactory.create_batch(5)

    first, second = codes(draw(wanted=3)), codes(draw())

    assert len(second) == 2
    assert not set(first) & set(second)


def test_somebody_in_two_groups_is_one_person(ada, draw):
    EnrolmentFactory(
        participant=ada.participant, cohort__name="Winter", joined_at=ada.joined_at + timedelta(days=1)
    )

    assert len(codes(draw())) == 1


def test_groups_are_by_profession_calls_and_parts_and_of_who_is_not_in_the_evaluation_nothing_is_known(
    ada, evaluation, tuesday
):
    booking = BookingFactory(enrolment=ada)
    Call.objects.create(booking=booking, version=0, room="r", started_at=tuesday, outcome=Outcome.FULFILLED)
    other = EnrolmentFactory(respondent__profession="midwife", modules_done_at=tuesday)
    silent = EnrolmentFactory(consents=[Purpose.TAKE_PART, Purpose.INTERVIEW])

    groups = frame.of(evaluation.programme, strata=("PROFESSION", "COACHED", "FINISHED"), before=1)

    assert groups == {
        str(ada.respondent_id): "nurse, coached, not finished",
        str(other.respondent_id): "midwife, not coached, finished",
        str(silent.respondent_id): frame.NOT_KNOWN,
    }
    assert set(frame.of(evaluation.programme, strata=(), before=1).values()) == {""}


def test_a_draw_and_whom_it_drew_are_never_changed(ada, draw):
    made = draw()
    pick = made.picks.get()

    for row in (made, pick):
        with pytest.raises(db.WrittenOnce):
            row.save()
        with pytest.raises(db.WrittenOnce):
            row.delete()
    with pytest.raises(db.WrittenOnce):
        InterviewDraw.objects.update(seed="another")


@pytest.mark.parametrize("many", [1, 20])
def test_who_can_be_drawn_is_one_question_to_the_database(evaluation, django_assert_num_queries, many):
    EnrolmentFactory.create_batch(many)

    with django_assert_num_queries(1):
        groups = frame.of(evaluation.programme, strata=("PROFESSION", "COACHED", "FINISHED"), before=1)

    assert len(groups) == many
