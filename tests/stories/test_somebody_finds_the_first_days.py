"""The first days: two taps or fewer from where somebody may be when something has just happened."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from resilience.demo import pages
from tests.factories.participants import ProgrammeFactory

FOLDER = Path(settings.BASE_DIR) / "resilience" / "demo" / "programme"
THERE = "/first-days/"


@pytest.fixture(scope="module")
def written(loaded_once) -> Iterator[None]:
    with loaded_once(lambda: pages.load(programme=ProgrammeFactory(slug="steady"), folder=FOLDER)):
        yield


@pytest.fixture
def site(written, db) -> None:
    """The written programme."""


def leads_there(client: Client, address: str) -> bool:
    """Whether one tap on this page is enough."""
    return THERE in re.findall(r'href="([^"]+)"', client.get(address).content.decode())


@pytest.mark.parametrize("address", ["/", "/help-now/"])
def test_one_tap_without_an_account(site, address):
    assert leads_there(Client(), address)


def test_one_tap_from_the_questions_whether_it_is_a_good_time(site, as_participant):
    assert leads_there(as_participant, "/join/readiness/")


@pytest.mark.parametrize("answers", [{"heavy": "yes", "good_time": "yes"}, {"good_time": "not_now"}])
def test_one_tap_from_what_is_suggested(site, as_participant, answers):
    suggestion = as_participant.post("/join/readiness/", answers).content.decode()

    assert THERE in re.findall(r'href="([^"]+)"', suggestion)


def test_two_taps_from_every_page_of_somebody_who_takes_part(site, as_participant):
    for address in ("/my/", "/my/plan/", "/my/data/"):
        assert "/help-now/" in as_participant.get(address).content.decode()


def test_after_yes_it_is_shown_before_the_ways_to_choose_from(site, as_participant):
    answer = as_participant.post("/join/readiness/", {"heavy": "yes", "good_time": "yes"}, follow=True)

    page = answer.content.decode()
    assert page.index(THERE) < page.index('name="way"')
