"""What somebody's group says of calls holds on every page and for every post."""

from datetime import timedelta

import pytest

from resilience import clock
from resilience.coaching import offers
from resilience.coaching.models import Booking, CallDecline
from resilience.coaching.offers import Offer
from resilience.participants.models import Programme
from tests.factories import arms
from tests.factories.measures import TimepointFactory

pytestmark = pytest.mark.django_db
TIMES, CALLS = "/calls/times/", "/calls/"


@pytest.fixture
def in_group(ada, ben, tuesday):
    """Return a maker: Ada, in a group of this kind, to whom calls would be open."""

    def make(kind: str, **fields: object):
        both = [{"kind": kind, **fields}, {"kind": kind, **fields}]
        arms.confirmed(ada.cohort.programme, now=tuesday, arms=both, blocks=[2])
        ada.refresh_from_db()
        arms.answers(ada, at=tuesday)
        return ada

    return make


def choice(browser) -> str:
    return (
        browser.get(TIMES)
        .content.decode()
        .partition('name="time" id="id_time_0" value="')[2]
        .partition('"')[0]
    )


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("NONE", {}, "It has no calls with a coach. Everything else is open to you."),
        ("PEER", {"task": "Talk of a day that went well."}, "Talk of a day that went well."),
    ],
)
def test_a_group_without_a_coach_is_offered_no_call_and_a_forced_post_books_none(
    as_participant, in_group, kind, fields, words
):
    value = choice(as_participant)
    person = in_group(kind, **fields)

    page = as_participant.get(CALLS)
    forced = as_participant.post(CALLS, {"time": value, "phone": "020 7946 0999", "request": str(person.pk)})

    assert words in page.content.decode()
    assert "/calls/times/" not in page.content.decode()
    assert as_participant.get(TIMES).url == CALLS
    assert value
    assert (forced.status_code, Booking.objects.count()) == (409, 0)
    assert as_participant.post(CALLS, {}).status_code == 409


@pytest.mark.parametrize(
    ("kind", "on_calls", "on_my"),
    [
        ("OPTIONAL", "at times that you choose. Or none.", "No call is not a gap."),
        ("RECOMMENDED", "We suggest a call with a coach", "We suggest one"),
        ("CORE", "You may still say no", "We propose a time to you."),
    ],
)
def test_each_way_of_offering_calls_has_its_own_words_and_every_one_takes_a_no(
    as_participant, in_group, kind, on_calls, on_my
):
    in_group(kind)

    assert on_calls in as_participant.get(CALLS).content.decode()
    assert on_my in as_participant.get("/my/").content.decode()
    as_participant.post("/calls/decline/")
    assert CallDecline.objects.count() == 1
    page = as_participant.get(CALLS).content.decode()
    assert "No call, then. That is fine." in page
    assert "A time that would be free" not in page


def test_where_calls_are_core_the_first_free_time_is_proposed_and_ticked(as_participant, in_group):
    in_group("CORE")

    page = as_participant.get(CALLS).content.decode()
    link = page.partition('href="/calls/times/?time=')[2].partition('"')[0]
    times = as_participant.get(f"{TIMES}?time={link}").content.decode()

    assert "A time that would be free" in page
    assert times.count(" checked") == 1
    assert Booking.objects.count() == 0


def test_nobody_books_a_call_before_their_group_is_known(as_participant, ada, ben, tuesday):
    value = choice(as_participant)
    arms.confirmed(ada.cohort.programme, now=tuesday)

    page = as_participant.get(CALLS).content.decode()
    forced = as_participant.post(CALLS, {"time": value, "phone": "020 7946 0999", "request": str(ada.pk)})

    assert "You hear which group you are in once the first questions are behind you." in page
    assert (forced.status_code, Booking.objects.count()) == (409, 0)


def test_on_a_waiting_list_the_time_for_calls_begins_when_it_ends(ada, ben, in_group, tuesday):
    person = in_group("WAITING", weeks=12)
    weeks = [offers.standing(person, now=tuesday + timedelta(weeks=n)).offer for n in (0, 11, 12, 19, 21)]

    assert weeks == [Offer.WAITING, Offer.WAITING, Offer.OPEN, Offer.OPEN, Offer.CLOSED]


def test_who_is_in_no_group_is_offered_what_the_programme_offers(as_participant, ada, ben, tuesday):
    arms.confirmed(ada.cohort.programme, now=tuesday, by="TABLE", blocks=[])
    occasion = arms.asked(ada, at=tuesday - timedelta(days=90))
    assert occasion.closes_at < clock.now()
    ada.cohort.programme.refresh_from_db()

    assert offers.standing(ada, now=tuesday).offer == Offer.OPEN


def test_without_groups_the_offer_asks_the_database_nothing_more(ada, tuesday, django_assert_num_queries):
    TimepointFactory(programme=ada.cohort.programme, key="t2", asks=["who5"])
    with django_assert_num_queries(8) as without:
        offers.standing(ada, now=tuesday)
    Programme.objects.update(coaching="RECOMMENDED")
    ada.cohort.programme.refresh_from_db()

    assert offers.standing(ada, now=tuesday).coaching == "RECOMMENDED"
    assert not any("_arm" in each["sql"] or "allocation" in each["sql"] for each in without.captured_queries)
