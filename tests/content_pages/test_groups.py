"""A waiting list waits, each group reads what it is, and cards that are held back come after the last questions."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resilience.engagement.models import Entry
from resilience.measures.models import Occasion
from resilience.participants.models import Programme
from tests.factories import arms
from tests.factories.content_pages import LATER, MODULE, READING, WRITING, line_of_cards, passing_on
from tests.factories.measures import OccasionFactory, ResponseFactory, TimepointFactory

MY = "/my/"


@pytest.fixture
def grouped(ada, steady, tuesday):
    """Return a maker: groups of these kinds in Ada's programme, of which she will get the one and only."""

    def make(*, answered: bool = True, **fields: object) -> None:
        both = [dict(fields), dict(fields)]
        arms.confirmed(ada.cohort.programme, now=tuesday, arms=both, blocks=[2])
        ada.refresh_from_db()
        if answered:
            arms.answers(ada, at=tuesday)

    return make


def text(browser, address: str) -> str:
    return re.sub(r"\s+", " ", browser.get(address).content.decode())


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "NONE"}, "without calls with a coach"),
        ({"kind": "OPTIONAL"}, "you can have calls with a coach, if you like"),
        ({"kind": "RECOMMENDED"}, "we suggest a call with a coach"),
        ({"kind": "CORE"}, "is meant for everybody. You may still say no"),
        ({"kind": "PEER", "task": "Talk of a day that went well."}, "Talk of a day that went well."),
        ({"kind": "WAITING", "weeks": 12}, '<time datetime="2027-01-26">Tuesday 26 January 2027</time>'),
    ],
    ids=lambda value: value.get("kind") if isinstance(value, dict) else "",
)
def test_somebody_reads_which_group_they_are_in_and_what_it_means(as_participant, grouped, fields, words):
    grouped(**fields)

    page = text(as_participant, MY)

    assert re.search(r"Your group</p><h2[^>]*>Group [AB]</h2>", page)
    assert "Chance decided it, and nothing that you answered." in page
    assert words in page
    assert not re.search(r"\barm\b", page)


def test_before_the_first_questions_nobody_reads_of_a_group_of_theirs(as_participant, grouped):
    grouped(answered=False, kind="WAITING", weeks=12)

    page = text(as_participant, MY)

    assert "Your group" not in page
    assert "You hear which one is yours once the first questions are behind you." in page
    assert "Opens once the questions “Before” are answered" in page


def test_the_parts_of_a_waiting_list_are_shut_until_their_day_at_every_address(
    as_participant, ada, grouped, sign_in, time_machine, tuesday
):
    grouped(kind="WAITING", weeks=12)
    addresses = (MODULE, READING, LATER)

    shut = [text(as_participant, address) for address in addresses]
    forced = as_participant.post(WRITING, {"do": "done"})
    kept = as_participant.get(READING.replace("/programmes/", "/kept/"))
    time_machine.move_to(tuesday + timedelta(weeks=12))
    again = sign_in(ada.participant.user)

    assert all("Opens on" in page and "opens a little later" in page for page in shut)
    assert (forced.status_code, kept.status_code) == (409, 404)
    assert "opens a little later" not in text(again, MODULE)
    assert "You waited, and now the parts are open to you." in text(again, MY)


def test_a_waiting_list_can_wait_for_questions(as_participant, ada, grouped, tuesday):
    later = TimepointFactory(
        programme=ada.cohort.programme, key="t3", label="Later", position=3, offset_days=90, asks=["who5"]
    )
    grouped(kind="WAITING", timepoint="t3")
    asked = OccasionFactory(respondent=ada.respondent, timepoint=later, due_at=tuesday)

    before = text(as_participant, MODULE)
    ResponseFactory(respondent=ada.respondent, occasion=asked)

    assert "Opens once the questions “Later” are answered" in before
    assert "opens a little later" not in text(as_participant, MODULE)


def test_a_part_that_somebody_has_begun_stays_open_on_a_waiting_list(as_participant, grouped):
    as_participant.get(READING)
    grouped(kind="WAITING", weeks=12)

    assert "opens a little later" not in text(as_participant, MODULE)
    assert "opens a little later" in text(as_participant, LATER)


CARDS = "/five-things/"
CARD = "/my/plan/card/pass/"


@pytest.fixture
def held(ada, steady, tuesday) -> Occasion:
    """Return the last questions of Ada, in whose programme cards are held back; pages with cards stand there."""
    line_of_cards(steady)
    passing_on(steady)
    last = TimepointFactory(programme=ada.cohort.programme, key="t9", position=9, asks=["who5"])
    Programme.objects.update(cards_held_back=True)
    return OccasionFactory(respondent=ada.respondent, timepoint=last, due_at=tuesday)


def seen(browser, address: str) -> dict[str, bool]:
    """Return what of the cards somebody is shown on the page of the exercise."""
    page = text(browser, address)
    return {
        "exercise": 'name="pass-one_thing"' in page,
        "link": 'href="/five-things/#steady"' in page,
        "own": f'href="{CARD}"' in page,
        "words": "Five small things" in page,
        "note": "once your last questions are behind you" in page,
    }


def test_cards_that_are_held_back_come_after_the_last_questions(as_participant, ada, held):
    before, kept = seen(as_participant, READING), seen(as_participant, READING.replace("programmes", "kept"))
    page, alone = text(as_participant, CARDS), text(as_participant, CARD)
    forced = as_participant.post(
        READING, {"open": "pass", "do": "save:pass", "pass-one_thing": "Ring.", "pass-seen": ""}
    )

    hidden = {"exercise": False, "link": False, "own": False, "words": True, "note": True}
    assert before == hidden
    assert kept == hidden
    assert "Steady first" not in page
    assert "kept back for now" in page
    assert "This card comes a little later" in alone
    assert not Entry.objects.exists()
    assert forced.status_code == 302

    ResponseFactory(respondent=ada.respondent, occasion=held)

    assert seen(as_participant, READING) == dict.fromkeys(hidden, True) | {"note": False}
    assert "Steady first" in text(as_participant, CARDS)
    assert "This card comes a little later" not in text(as_participant, CARD)


def test_last_questions_whose_time_is_over_let_the_cards_go_too(ada, held, sign_in, time_machine):
    time_machine.move_to(held.closes_at)

    assert "Steady first" in text(sign_in(ada.participant.user), CARDS)


def test_visitors_see_no_card_while_a_programme_holds_them_back_and_editors_do(as_editor, held):
    visitor = text(Client(), CARDS)
    Programme.objects.update(cards_held_back=False)

    assert "Steady first" not in visitor
    assert "Steady first" in text(Client(), CARDS)
    Programme.objects.update(cards_held_back=True)
    assert "Steady first" in text(as_editor, CARDS)


def test_what_somebody_wrote_before_stays_theirs_to_read_without_its_card(as_participant, ada, held):
    Programme.objects.update(cards_held_back=False)
    as_participant.post(
        READING, {"open": "pass", "do": "save:pass", "pass-one_thing": "Ring first.", "pass-seen": ""}
    )
    offered = text(as_participant, "/my/plan/")
    Programme.objects.update(cards_held_back=True)

    page = text(as_participant, "/my/plan/")

    assert f'href="{CARD}"' in offered
    assert "Ring first." in page
    assert f'href="{CARD}"' not in page
    assert "pages that are no longer there" not in page


@pytest.mark.parametrize("address", [MY, MODULE, READING])
def test_a_programme_without_groups_asks_the_database_nothing_about_them(
    as_participant, steady, ada, address
):
    as_participant.get(address)

    with CaptureQueriesContext(connection) as asked:
        as_participant.get(address)

    found = [
        each["sql"] for each in asked if re.search(r"participants_(arm|alloc|drawn|listed)", each["sql"])
    ]
    assert found == []
