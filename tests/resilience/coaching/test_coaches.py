"""Making coaches, what comes before a first call, ending, and how much each carries."""

import hashlib
from datetime import date, timedelta
from uuid import uuid4

import pytest

from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.coaching import (
    bookable,
    caseload,
    competencies,
    guides,
    making,
    manual,
    minimum,
    pack,
    slots,
    whom,
)
from resilience.coaching import booking as bookings
from resilience.coaching.bookable import Why
from resilience.coaching.models import Coach, CoachingRelationship, Outcome
from resilience.coaching.ways import Way
from tests.factories.accounts import UserFactory
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory, ProgrammeFactory
from tests.resilience.coaching.conftest import HALF_PAST_TWO, words

pytestmark = pytest.mark.django_db
EVA = {
    "address": "eva@example.org", "shown_name": "Eva", "profile": "I ask.", "languages": "English, Welsh",
    "background": "", "phone": "020 7946 0113", "most_people": "6",
}  # fmt: skip


@pytest.fixture
def programme(ada):
    return ada.cohort.programme


@pytest.fixture
def lead(programme) -> User:
    return UserFactory(roles=[Role.COACH_LEAD])


@pytest.fixture
def as_maker(programme, sign_in):
    return sign_in(UserFactory(roles=[Role.MANAGER]))


@pytest.fixture
def eva(programme, lead, tuesday) -> Coach:
    """Eva, just made: nothing of the minimum is done, and she has no hours."""
    facts = making.Facts(shown_name="Eva", languages=["English"], phone="020 7946 0113")
    return making.make(address="eva@example.org", facts=facts, programmes=[programme], by=lead, now=tuesday)


ALL_THREES = {str(item): 3 for item in range(1, 16)}


def do_everything(coach, *, lead, now):
    competencies.answer_own(coach=coach, answers=ALL_THREES, now=now)
    for programme, part in manual.unread(coach):
        manual.read(coach=coach, manual=manual.of(programme), part=part, now=now)
    minimum.sign_off(coach=coach, held_date=now.date(), by=lead, now=now)
    coach.refresh_from_db()


def test_a_manager_makes_a_coach_who_is_written_to_and_cannot_be_booked_yet(
    as_maker, programme, drain, mailoutbox
):
    answer = as_maker.post("/manage/coaches/new/", EVA | {"programmes": [programme.slug]})
    drain()

    eva = Coach.objects.get(user__email="eva@example.org")
    assert (answer.status_code, answer["Location"]) == (302, "/manage/coaches/eva/")
    assert (eva.languages, eva.phone, eva.most_people) == (["English", "Welsh"], "+442079460113", 6)
    assert roles.holds(eva.user, Role.COACH, programme=programme.slug)
    assert slots.coaches_of(programme) == []
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == (["eva@example.org"], "An invitation")
    assert programme.public_name not in mail.body


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"phone": "12"}, "id_phone"),
        ({"address": "eva"}, "Write an e-mail address like"),
        ({"address": "ben@example.org"}, "is a coach already"),
        ({"programmes": []}, "Choose at least one programme."),
    ],
    ids=["no number", "no address", "coaches already", "no programme"],
)
def test_what_cannot_be_kept_of_a_new_coach_is_said_and_stays_typed(typed, said, as_maker, programme, ben):
    answer = as_maker.post("/manage/coaches/new/", EVA | {"programmes": [programme.slug]} | typed)

    assert answer.status_code == 422
    assert said in words(answer)
    assert "I ask." in words(answer)
    assert not Coach.objects.filter(shown_name="Eva").exists()


def test_a_coach_changes_what_people_see_of_them_and_the_number_that_rings(as_coach, ben):
    Coach.objects.filter(pk=ben.pk).update(most_people=4)
    page = words(as_coach.get("/coach/shown/"))
    typed = {
        "shown_name": "Ben",
        "profile": "I listen.",
        "languages": "English, Welsh",
        "background": "nurse",
    }

    answer = as_coach.post("/coach/shown/", typed | {"phone": "020 7946 0199"})

    assert answer.status_code == 302
    changed = Coach.objects.get(pk=ben.pk)
    assert (changed.profile, changed.phone, changed.languages) == (
        "I listen.",
        "+442079460199",
        ["English", "Welsh"],
    )
    assert changed.most_people == 4
    assert set(changed.programmes.all()) == set(ben.programmes.all())
    assert "The most people at once" not in page


@pytest.mark.parametrize("number", ["", "12"])
def test_a_coach_cannot_take_the_number_away_and_keeps_what_was_typed(number, as_coach, ben):
    typed = {"shown_name": "Ben", "profile": "I listen.", "languages": "English", "phone": number}

    answer = as_coach.post("/coach/shown/", typed)

    assert answer.status_code == 422
    assert "id_phone" in words(answer)
    assert "I listen." in words(answer)
    assert Coach.objects.get(pk=ben.pk).phone == ben.phone


def test_somebody_elses_coach_does_not_exist_for_a_manager(ben, sign_in):
    elsewhere = UserFactory(roles=[])
    roles.grant(user=elsewhere, role=Role.MANAGER, programme="another", by=None, now=elsewhere.joined_at)

    browser = sign_in(elsewhere)

    assert browser.get("/manage/coaches/ben/").status_code == 404
    assert "Ben" not in words(browser.get("/manage/coaches/"))


def test_a_coach_without_the_minimum_is_neither_shown_nor_booked(eva, ada, tuesday, ben):
    at = HALF_PAST_TWO
    for coach in (eva, ben):
        coach.rules.all().delete()
        coach.rules.create(weekday=at.weekday(), starts=at.time(), ends=(at + timedelta(hours=1)).time())

    with pytest.raises(bookings.SlotTaken):
        bookings.book(
            coach=eva, starts_at=at, enrolment=ada, request=uuid4(), by=ada.participant.user, now=tuesday
        )

    assert slots.coaches_of(ada.cohort.programme) == [ben]
    assert bookings.book(
        coach=ben, starts_at=at, enrolment=ada, request=uuid4(), by=ada.participant.user, now=tuesday
    )


def test_a_coach_can_be_booked_once_profile_reading_and_practice_call_are_there(eva, lead, tuesday):
    before = minimum.missing(eva)

    do_everything(eva, lead=lead, now=tuesday)

    assert before == [Why.NO_PROFILE, Why.NO_READING, Why.NO_PRACTICE]
    assert minimum.missing(eva) == []
    assert eva in bookable.coaches()


def test_a_coach_who_cannot_be_rung_is_offered_for_no_call_and_for_another_way_to_talk(ben, ada, tuesday):
    at = HALF_PAST_TWO
    Coach.objects.filter(pk=ben.pk).update(phone="", phone_index="")
    asks = {"enrolment": ada, "request": uuid4(), "by": ada.participant.user, "now": tuesday}

    with pytest.raises(bookings.SlotTaken):
        bookings.book(coach=ben, starts_at=at, **asks)

    assert slots.coaches_of(ada.cohort.programme) == []
    assert minimum.with_reasons([ben])[0][1] == [Why.NO_PHONE]
    assert bookings.arrange(
        coach=ben, starts_at=at, enrolment=ada, way=Way.IN_PERSON, meet_at="Room 4", by=ben.user, now=tuesday
    )


@pytest.mark.parametrize("left_out", ["profile", "reading", "practice"])
def test_each_of_the_three_is_needed(left_out, eva, lead, tuesday):
    if left_out != "profile":
        competencies.answer_own(coach=eva, answers=ALL_THREES, now=tuesday)
    for programme, part in manual.unread(eva)[left_out == "reading" :]:
        manual.read(coach=eva, manual=manual.of(programme), part=part, now=tuesday)
    if left_out != "practice":
        minimum.sign_off(coach=eva, held_date=tuesday.date(), by=lead, now=tuesday)

    assert not minimum.look(eva, now=tuesday)
    assert eva not in bookable.coaches()


def test_nobody_signs_off_their_own_practice_call_or_one_to_come(eva, lead, tuesday):
    with pytest.raises(minimum.OwnCall):
        minimum.sign_off(coach=eva, held_date=tuesday.date(), by=eva.user, now=tuesday)
    with pytest.raises(minimum.ToCome):
        minimum.sign_off(coach=eva, held_date=tuesday.date() + timedelta(days=1), by=lead, now=tuesday)

    assert Why.NO_PRACTICE in minimum.missing(eva)


def test_only_whoever_leads_coaches_signs_off_a_practice_call(eva, as_maker, sign_in, lead, tuesday):
    day = {"do": "practice", "practice-day": str(tuesday.date())}

    refused = as_maker.post("/manage/coaches/eva/", day).status_code
    taken = sign_in(lead).post("/manage/coaches/eva/", day).status_code

    assert (refused, taken) == (404, 302)
    assert Why.NO_PRACTICE not in minimum.missing(eva)


def test_the_list_says_what_stands_between_each_coach_and_a_booking(eva, ben, as_maker):
    page = words(as_maker.get("/manage/coaches/"))

    assert "own profile not done, manual not read, practice call not signed off, no hours set" in page
    assert page.count('<span class="tag done">Yes</span>') == 1


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_of_coaches_asks_as_little_of_many_as_of_one(many, programme, django_assert_max_num_queries):
    coaches = CoachFactory.create_batch(many, programmes=[programme], in_training=True)

    with django_assert_max_num_queries(7):
        found = minimum.with_reasons(coaches)

    assert len(found) == many


def test_the_last_day_cuts_the_times_at_once_and_ends_the_coach_when_it_is_over(ben, ada, lead, tuesday):
    last = tuesday.date() + timedelta(days=2)
    length = timedelta(minutes=30)

    making.end(coach=ben, last_date=last, by=lead, now=tuesday)

    found = slots.next_free(coaches=[ben], length=length, now=tuesday, most=200)
    assert max(slot.starts_at for slot in found).date() == last
    assert (
        slots.find(coach=ben, starts_at=HALF_PAST_TWO + timedelta(days=7), length=length, now=tuesday) is None
    )
    assert (
        making.end_due(now=tuesday + timedelta(days=2)),
        making.end_due(now=tuesday + timedelta(days=3)),
    ) == (0, 1)
    assert slots.coaches_of(ada.cohort.programme) == []


def test_calls_after_the_last_day_are_called_off_from_our_side_and_those_before_stay(ben, lead, tuesday):
    soon = BookingFactory(coach=ben, starts_at=tuesday + timedelta(days=1))
    later = BookingFactory(coach=ben, starts_at=tuesday + timedelta(days=2))

    called_off = making.end(coach=ben, last_date=tuesday.date() + timedelta(days=1), by=lead, now=tuesday)

    soon.refresh_from_db()
    later.refresh_from_db()
    assert (called_off, soon.status, later.status, later.cancelled_by) == (1, "BOOKED", "CANCELLED", "US")


@pytest.mark.parametrize(("calls", "minutes"), [(1, 0), (9, 0), (10, 200), (19, 200), (20, 400)])
def test_minutes_in_the_list_of_coaches_are_those_of_each_full_ten_calls(ben, ada, tuesday, calls, minutes):
    for number in range(calls):
        held = BookingFactory(coach=ben, enrolment=ada, starts_at=tuesday - timedelta(days=number + 1))
        held.calls.create(
            version=1, room=f"r{number}", started_at=held.starts_at, outcome=Outcome.FULFILLED, minutes=20
        )

    load = caseload.of([ben], now=tuesday)[ben.pk]

    assert (load.held, load.minutes) == (calls, minutes)


def test_an_ended_coach_can_begin_again_with_what_was_met_before(ben, ada, lead, tuesday):
    making.end(coach=ben, last_date=tuesday.date() - timedelta(days=1), by=lead, now=tuesday)
    ended = Coach.objects.get(pk=ben.pk).is_active

    making.begin_again(coach=ben, by=lead, now=tuesday)

    assert (ended, slots.coaches_of(ada.cohort.programme)) == (False, [ben])


def test_a_lead_sees_how_much_each_coach_carries_and_never_whom(ben, ada, lead, sign_in, tuesday):
    Coach.objects.filter(pk=ben.pk).update(most_people=1)
    ben.refresh_from_db()
    CoachingRelationship.objects.create(enrolment=ada, coach=ben, active_from=tuesday)
    held = BookingFactory(coach=ben, enrolment=ada, starts_at=tuesday - timedelta(days=1))
    held.calls.create(version=1, room="r", started_at=held.starts_at, outcome=Outcome.FULFILLED, minutes=28.6)
    BookingFactory(coach=ben, enrolment=ada)

    load = caseload.of([ben], now=tuesday)[ben.pk]

    assert (load.people, load.most, load.held, load.to_come, load.is_full) == (1, 1, 1, 1, True)
    assert "Ada" not in words(sign_in(lead).get("/manage/coaches/"))


def test_a_coach_with_as_many_people_as_they_take_is_offered_to_nobody_new(ben, ada, book, tuesday):
    Coach.objects.filter(pk=ben.pk).update(most_people=1)
    mira = EnrolmentFactory(cohort=ada.cohort)
    theirs = CoachingRelationship.objects.create(enrolment=mira, coach=ben, active_from=tuesday)

    assert ([*whom.open_to(mira)], whom.open_to(ada)) == ([ben], [])
    with pytest.raises(bookings.SlotTaken):
        book(tuesday)

    CoachingRelationship.objects.filter(pk=theirs.pk).update(active_to=tuesday)
    assert whom.open_to(ada) == [ben]


def test_whoever_changes_a_coach_decides_on_their_own_programmes_alone(ben, programme, sign_in, tuesday):
    other = ProgrammeFactory(slug="other")
    ben.programmes.add(other)
    only = UserFactory(roles=[])
    roles.grant(user=only, role=Role.MANAGER, programme=programme.slug, by=None, now=tuesday)

    sign_in(only).post("/manage/coaches/ben/", EVA | {"programmes": []})

    assert list(ben.programmes.all()) == [other]


STAGES = [{"title": "Arrive", "minutes": 5, "questions": ["Is this a good place to talk?"]}]
CALL = {"title": "Making it mine", "minutes": 30, "stages": STAGES}


def test_the_manuals_version_is_the_packs(programme):
    guides.load(programme=programme, role="<p>Asks.</p>", guidance="<p>Stop.</p>", calls=[CALL])
    before = manual.version(programme)
    same = manual.version(programme)
    guides.load(programme=programme, role="<p>Asks.</p>", guidance="<p>Stop first.</p>", calls=[CALL])

    assert before == same != manual.version(programme)
    assert (
        hashlib.sha256(pack.write(programme)["call_guide.json"])
        .hexdigest()
        .startswith(manual.version(programme))
    )


def test_a_coach_reads_the_manual_part_by_part_and_sees_what_changed_since(programme, ben, as_coach):
    guides.load(programme=programme, role="<p>Asks.</p>", guidance="<p>Stop.</p>", calls=[CALL])
    for part in manual.of(programme).parts:
        answer = as_coach.post(f"/coach/manual/{programme.slug}/{part.key}/")

    read = words(as_coach.get("/coach/manual/"))
    guides.load(programme=programme, role="<p>Listens.</p>", guidance="<p>Stop.</p>", calls=[CALL])

    assert answer["Location"] == "/coach/manual/"
    assert (read.count(">Read</span>"), manual.unread(ben)) == (5, [])
    assert "Changed since you read it" in words(as_coach.get("/coach/manual/"))
    assert "Is this a good place to talk?" in words(as_coach.get(f"/coach/manual/{programme.slug}/call-1/"))


def test_the_printed_manual_has_outline_guide_limits_scripts_and_version(programme, as_coach):
    guides.load(
        programme=programme, role="<p>Does not judge.</p>", guidance="<p>Are you safe now?</p>", calls=[CALL]
    )
    whole = manual.of(programme)

    page = manual.html(whole)

    for stands in (
        "The calls at a glance",
        "Is this a good place to talk?",
        "Does not judge.",
        "Are you safe now?",
    ):
        assert stands in page
    assert f"Version {whole.version}" in page
    printed = as_coach.get(f"/coach/manual/{programme.slug}/manual.pdf")
    assert printed.content.startswith(b"%PDF")
    assert whole.version in printed["Content-Disposition"]
    assert as_coach.get(f"/coach/manual/{programme.slug}/manual.pdf").content == printed.content


def test_somebody_elses_manual_does_not_exist(sign_in, programme):
    other = CoachFactory()
    other.programmes.clear()

    assert sign_in(other.user).get(f"/coach/manual/{programme.slug}/line/").status_code == 404


def test_the_day_of_an_ended_coach_is_kept(ben, as_maker, tuesday):
    answer = as_maker.post("/manage/coaches/ben/", {"do": "end", "end-day": "2026-11-20"})
    past = as_maker.post("/manage/coaches/ben/", {"do": "end", "end-day": "2026-10-20"})

    ben.refresh_from_db()
    assert (answer.status_code, past.status_code, ben.last_date) == (302, 422, date(2026, 11, 20))
