"""What the two agree, tell each other and keep: both sides' pages, and who may read what of it."""

import pytest
from django.db import IntegrityError, transaction

from resilience.accounts.models import Role
from resilience.audit import events
from resilience.audit.models import AuditEvent
from resilience.coaching import about, agreements, coach_reports, next_steps, relationships
from resilience.coaching.models import (
    AboutMe,
    Agreement,
    CoachingRelationship,
    CoachReport,
    NextStep,
    RelationshipRating,
    Side,
)
from resilience.measures.models import Response
from tests.factories.accounts import UserFactory
from tests.factories.coaching import CoachFactory
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import words

pytestmark = pytest.mark.django_db

TERMS = agreements.Terms(
    role="COACH", goal="ASK", agenda="TOGETHER", left_out=("HEALTH",), own_words="No Mondays"
)


@pytest.fixture
def two(booked) -> CoachingRelationship:
    return relationships.of(booked)


def propose(two, side, *, now, terms=TERMS):
    user = two.coach.user if side == Side.COACH else two.enrolment.participant.user
    return agreements.propose(relationship=two, terms=terms, side=side, by=user, now=now)


class TestRole:
    def test_a_call_without_a_declared_role_cannot_be_stored(self, talked):
        for row in (talked, CoachingRelationship.objects.get()):
            with pytest.raises(IntegrityError), transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(role="")

    def test_another_role_is_refused_where_the_programme_does_not_offer_it(self, two, tuesday):
        mentor = agreements.Terms(role="MENTOR", goal="FIND", agenda="TOGETHER")

        with pytest.raises(agreements.NotOffered):
            propose(two, Side.COACH, terms=mentor, now=tuesday)

    def test_where_it_is_offered_it_holds_once_both_agree(self, two, booked, tuesday):
        backing = two.enrolment.cohort.programme.call_backing
        backing.roles = ["COACH", "MENTOR"]
        backing.save()
        mentor = agreements.Terms(role="MENTOR", goal="FIND", agenda="TOGETHER")
        made = propose(two, Side.COACH, terms=mentor, now=tuesday)
        before = relationships.role_of(booked)

        agreements.accept(made, side=Side.PARTICIPANT, by=two.enrolment.participant.user, now=tuesday)

        assert (before, relationships.role_of(booked)) == ("COACH", "MENTOR")

    def test_a_short_card_says_before_booking_what_a_coach_does_and_does_not_do(self, as_participant, ben):
        for page in ("/calls/", "/calls/times/"):
            assert "A coach does not give advice" in words(as_participant.get(page))


class TestAgreement:
    @pytest.mark.parametrize("page", ["/my/", "/calls/", "/calls/{}/"])
    def test_a_participant_is_told_that_their_coach_proposes_something_until_they_answer(
        self, as_participant, two, booked, tuesday, page
    ):
        told = "Ben proposes how you talk"
        before = words(as_participant.get(page.format(booked.pk)))
        made = propose(two, side=Side.COACH, now=tuesday)
        meanwhile = words(as_participant.get(page.format(booked.pk)))
        agreements.accept(made, side=Side.PARTICIPANT, by=two.enrolment.participant.user, now=tuesday)

        assert told not in before
        assert told in meanwhile
        assert told not in words(as_participant.get(page.format(booked.pk)))

    def test_the_page_of_the_agreement_speaks_to_whoever_reads_it(self, as_participant, as_coach, booked):
        theirs = words(as_participant.get(f"/calls/{booked.pk}/agreement/"))
        mine = words(as_coach.get(f"/coach/calls/{booked.pk}/agreement/"))

        assert "The coach says so first" in theirs
        assert "Say so first if at all possible" in mine
        assert "The coach says" not in mine
        assert "of what you say" not in mine

    def test_what_two_agreed_holds_again_for_whoever_changes_their_coach_and_comes_back(
        self, as_participant, booked, book, two, tuesday
    ):
        made = propose(two, side=Side.PARTICIPANT, now=tuesday)
        agreements.accept(made, side=Side.COACH, by=two.coach.user, now=tuesday)
        as_participant.post("/calls/whom/", {"coach": "ben"})
        away = relationships.of(booked)
        as_participant.post("/calls/whom/", {"coach": "ben", "do": "after-all"})

        again = book(tuesday)

        assert away is None
        assert agreements.standing(relationships.of(again)) == made
        assert "You both agree to this" in words(as_participant.get(f"/calls/{again.pk}/agreement/"))

    def test_it_takes_three_taps_and_holds_once_the_other_agrees(self, as_participant, as_coach, booked, two):
        as_participant.post(f"/calls/{booked.pk}/agreement/", {"goal": "ASK", "agenda": "PARTICIPANT"})
        one_sided = agreements.standing(two)
        page = words(as_coach.get(f"/coach/calls/{booked.pk}/agreement/"))

        as_coach.post(f"/coach/calls/{booked.pk}/agreement/", {"agree": "1"})

        assert one_sided is None
        assert "Ada proposes this" in page
        assert agreements.standing(two).goal == "ASK"
        assert "You both agree to this" in words(as_participant.get(f"/calls/{booked.pk}/agreement/"))

    @pytest.mark.parametrize("side", Side.values)
    def test_it_cannot_be_marked_agreed_by_one_side(self, two, tuesday, side):
        made = propose(two, side, now=tuesday)

        agreements.accept(made, side=side, by=two.coach.user, now=tuesday)
        with pytest.raises(IntegrityError), transaction.atomic():
            Agreement.objects.filter(pk=made.pk).update(agreed_at=tuesday)

        assert agreements.standing(two) is None

    def test_a_change_is_a_new_version_and_what_was_agreed_stands_until_both_agree(self, two, tuesday):
        first = propose(two, Side.PARTICIPANT, now=tuesday)
        agreements.accept(first, side=Side.COACH, by=two.coach.user, now=tuesday)

        propose(two, Side.COACH, now=tuesday)

        assert [each.version for each in agreements.versions(two)] == [2, 1]
        assert agreements.standing(two) == first

    def test_the_history_shows_each_version(self, as_participant, booked, two, tuesday):
        first = propose(two, Side.PARTICIPANT, now=tuesday)
        agreements.accept(first, side=Side.COACH, by=two.coach.user, now=tuesday)
        propose(two, Side.COACH, now=tuesday)

        page = words(as_participant.get(f"/calls/{booked.pk}/agreement/"))

        assert page.count("Both agreed.") == page.count("Not agreed by both.") == 1

    def test_agreeing_to_an_older_version_than_the_newest_is_409_and_agrees_to_nothing(
        self, as_participant, booked, two, tuesday
    ):
        propose(two, Side.COACH, now=tuesday)
        propose(two, Side.COACH, now=tuesday)

        answer = as_participant.post(f"/calls/{booked.pk}/agreement/", {"agree": "1"})

        assert (answer.status_code, agreements.standing(two)) == (409, None)
        assert "A newer version" in words(answer)

    def test_what_is_not_offered_is_422_with_the_rest_still_there(self, as_participant, booked):
        form = {"goal": "x", "agenda": "COACH", "own_words": "Slowly, please"}

        answer = as_participant.post(f"/calls/{booked.pk}/agreement/", form)

        assert answer.status_code == 422
        assert "Slowly, please" in words(answer)
        assert not Agreement.objects.exists()

    def test_it_says_what_stays_between_the_two_and_what_is_asked_about_patients(
        self, as_participant, booked
    ):
        page = words(as_participant.get(f"/calls/{booked.pk}/agreement/"))

        assert "three exceptions" in page
        assert "Has it been reported? What would help you to report it?" in page
        assert "coaching, not therapy" in page

    def test_own_words_are_stored_under_the_participants_key_alone(self, two, tuesday):
        propose(two, Side.PARTICIPANT, now=tuesday)

        stored = Agreement.objects.values_list("own_words", flat=True).get()

        assert "Mondays" not in str(getattr(stored, "token", stored))

    def test_after_stopping_nothing_is_kept(self, as_participant, booked, ada, tuesday):
        type(ada).objects.filter(pk=ada.pk).update(withdrawn_at=tuesday)

        for page in ("agreement", "about", "help"):
            answer = as_participant.post(
                f"/calls/{booked.pk}/{page}/", {"goal": "ASK", "agenda": "COACH", "kind": "URGENT"}
            )
            assert answer.status_code == 409
        assert not Agreement.objects.exists()


class TestCards:
    def test_both_cards_may_stay_empty(self, as_participant, as_coach, booked):
        answers = [as_participant.post(f"/calls/{booked.pk}/about/", {}), as_coach.post("/coach/about/", {})]

        assert [answer.status_code for answer in answers] == [302, 302]
        assert not AboutMe.objects.exists()

    def test_each_reads_the_others_card(self, as_participant, as_coach, booked):
        as_participant.post(f"/calls/{booked.pk}/about/", {"work": "Good with relatives"})
        as_coach.post("/coach/about/", {"learned": "I once rang too late"})

        assert "Good with relatives" in words(as_coach.get(f"/coach/calls/{booked.pk}/"))
        assert "I once rang too late" in words(as_participant.get(f"/calls/{booked.pk}/about/"))

    def test_emptying_a_card_takes_it_away(self, as_participant, booked):
        for lines in ({"person": "I sing"}, {"person": " "}):
            as_participant.post(f"/calls/{booked.pk}/about/", lines)

        assert not AboutMe.objects.exists()


AFTER = {"outcome": "FULFILLED", "minutes": "25"}
SEVEN = {f"relationship_coach-{item}": "4" for item in (1, 2, 4, 5, 7, 8)} | {"call_feedback_coach-2": "1"}


class TestAfter:
    def test_ten_taps_are_enough_for_everything_that_a_coach_is_asked(self, ben_later, talked, guide):
        taps = [*SEVEN, "all_held", "next_step", "the button"]

        ben_later.post(
            f"/coach/calls/{talked.booking_id}/",
            {**AFTER, **SEVEN, "all_held": "on", "next_step": "Ring the desk once"},
        )

        assert len(taps) <= 10
        assert CoachReport.objects.get().stages_held == [0, 1, 2, 3, 4]
        assert NextStep.objects.get().words == "Ring the desk once"
        assert RelationshipRating.objects.get().side == Side.COACH

    def test_single_stages_and_the_coachs_own_time_are_kept_and_come_filled_in_the_next_time(
        self, ben_later, talked, guide, ben
    ):
        page = f"/coach/calls/{talked.booking_id}/"

        ben_later.post(
            page, {**AFTER, "stages": ["0", "4"], "preparation": "10", "notes": "4", "time": "OWN"}
        )

        totals = coach_reports.of_coach(ben)
        assert (totals.stages_percent, totals.preparation_minutes, totals.own_time_percent) == (40, 10, 100)
        assert (totals.calls, totals.call_minutes, totals.notes_minutes) == (1, 25, 4)
        assert 'name="preparation" value="10"' in words(ben_later.get(page))

    def test_what_is_left_out_is_unsaid_and_not_nothing(self, ben_later, talked, guide, ben):
        ben_later.post(f"/coach/calls/{talked.booking_id}/", AFTER)

        totals = coach_reports.of_coach(ben)
        assert (totals.stages_percent, totals.own_time_percent) == (None, None)

    @pytest.mark.parametrize(
        "odd", [{"preparation": "-1"}, {"stages": "9"}, {"time": "x"}, {"next_step": "x" * 201}]
    )
    def test_what_is_odd_is_422_and_keeps_nothing(self, ben_later, talked, guide, odd):
        answer = ben_later.post(f"/coach/calls/{talked.booking_id}/", {**AFTER, **odd})

        assert answer.status_code == 422
        assert 'role="alert"' in words(answer)
        assert not CoachReport.objects.exists()

    def test_there_is_no_box_for_notes_about_events(self, ben_later, talked, guide):
        page = words(ben_later.get(f"/coach/calls/{talked.booking_id}/"))

        assert "<textarea" not in page

    def test_the_next_step_is_read_by_both(self, ben_later, talked, guide, ada, sign_in):
        page = f"/coach/calls/{talked.booking_id}/"
        ben_later.post(page, {**AFTER, "next_step": "Ring the desk once"})

        as_ada = sign_in(ada.participant.user)
        assert "Ring the desk once" in words(as_ada.get(f"/calls/{talked.booking_id}/"))
        assert "Ring the desk once" in words(ben_later.get(page))

    def test_what_is_folded_away_is_kept_where_it_is_answered_and_nowhere_else(
        self, ben_later, talked, ada, sign_in
    ):
        ben_later.post(f"/coach/calls/{talked.booking_id}/", {**AFTER, "call_reward_coach-4": "3"})
        as_ada = sign_in(ada.participant.user)
        more = {
            "call_feedback-1": "5",
            "call_feedback-4": "4",
            "call_feedback-5": "2",
            "call_satisfaction-1": "5",
        }
        as_ada.post(f"/calls/{talked.booking_id}/rate/", more)

        told = {each.instrument: each.answers for each in Response.objects.exclude(answers={})}
        assert told == {
            "call_reward_coach": {"4": 3},
            "call_feedback": {"1": 5, "4": 4, "5": 2},
            "call_satisfaction": {"1": 5},
        }


def test_every_reading_of_the_coach_stands_in_the_participants_own_list(
    as_participant, as_coach, booked, two, ada, ben, talked, tuesday
):
    about.write(enrolment=ada, lines={"work": "Calm"}, by=ada.participant.user, now=tuesday)
    propose(two, Side.PARTICIPANT, now=tuesday)
    next_steps.keep(call=talked, words="Ring once", by=ben.user, now=tuesday)
    before = words(as_participant.get("/my/access/"))

    as_coach.get(f"/coach/calls/{booked.pk}/")

    page = words(as_participant.get("/my/access/"))
    assert "Nobody has opened anything of yours." in before
    for what in ("Your card about you", "What the two of you agree", "The next step that you agreed"):
        assert what in page, what
    assert page.count("<dd>Ben</dd>") == 3


def test_a_page_that_is_opened_twice_in_a_minute_stands_once_in_that_list(
    as_participant, as_coach, booked, two, tuesday
):
    propose(two, Side.PARTICIPANT, now=tuesday)

    for _twice in range(2):
        as_coach.get(f"/coach/calls/{booked.pk}/")

    assert AuditEvent.objects.filter(event=events.AGREEMENT_READ).count() == 2
    assert words(as_participant.get("/my/access/")).count("<dd>Ben</dd>") == 1


def test_ones_own_readings_are_not_listed(as_participant, booked, two, ada, talked, ben, tuesday):
    propose(two, Side.PARTICIPANT, now=tuesday)
    next_steps.keep(call=talked, words="Ring once", by=ben.user, now=tuesday)

    for page in ("", "agreement/", "about/"):
        as_participant.get(f"/calls/{booked.pk}/{page}")

    assert not AuditEvent.objects.filter(event__in=[events.AGREEMENT_READ, events.NEXT_STEP_READ]).exists()


SECRETS = {"agreement": "No Mondays", "about": "Good with relatives", "next step": "Ring the desk once"}
PATHS = (
    "/calls/{b}/", "/calls/{b}/agreement/", "/calls/{b}/about/", "/coach/calls/{b}/", "/coach/calls/{b}/agreement/",
    "/calls/", "/coach/", "/coach/record/", "/coach/record/?coach=ben", "/my/access/", "/my/data/", "/manage/",
    "/manage/programmes/steady/", "/safeguarding/", "/evaluations/", "/operate/",
)  # fmt: skip


@pytest.fixture
def everything(two, ada, ben, booked, talked, tuesday):
    propose(two, Side.PARTICIPANT, now=tuesday)
    about.write(enrolment=ada, lines={"work": SECRETS["about"]}, by=ada.participant.user, now=tuesday)
    next_steps.keep(call=talked, words=SECRETS["next step"], by=ben.user, now=tuesday)
    return booked


def reads(browser, booking) -> set[str]:
    """Return what of the two somebody reads on any page that could show it."""
    pages = "".join(words(browser.get(path.format(b=booking.pk), follow=True)) for path in PATHS)
    return {name for name, told in SECRETS.items() if told in pages}


def test_the_two_read_what_is_between_them(everything, sign_in, ada, ben):
    assert reads(sign_in(ada.participant.user), everything) == set(SECRETS)
    assert reads(sign_in(ben.user), everything) == set(SECRETS)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PARTICIPANT, Role.COACH)])
def test_no_other_role_reads_anything_of_it(everything, sign_in, role):
    assert reads(sign_in(UserFactory(roles=[role])), everything) == set()


def test_another_coach_and_another_participant_read_nothing_of_it(everything, sign_in):
    assert reads(sign_in(CoachFactory().user), everything) == set()
    assert reads(sign_in(EnrolmentFactory().participant.user), everything) == set()


@pytest.mark.parametrize("why", ["cancelled", "stopped", "another coach"])
def test_a_coach_reads_nothing_of_it_once_they_talk_no_longer(
    everything, sign_in, ada, ben, two, tuesday, why
):
    if why == "cancelled":
        type(everything).objects.filter(pk=everything.pk).update(status="CANCELLED", cancelled_at=tuesday)
    elif why == "stopped":
        type(ada).objects.filter(pk=ada.pk).update(withdrawn_at=tuesday)
    else:
        CoachingRelationship.objects.filter(pk=two.pk).update(active_to=tuesday)

    assert reads(sign_in(ben.user), everything) == set()


def test_nothing_of_it_is_in_an_export_or_a_pack():
    import resilience.coaching.pack as coaching_pack
    from resilience.evaluation.dataset import columns, exporting, sources

    for module in (coaching_pack, columns, exporting, sources):
        held = set(vars(module))
        assert not held & {"AboutMe", "AboutCoach", "Agreement", "NextStep"}
