"""The first days as a file: written when it is published, at its own address, gone when it is."""

import re

import pytest
from django.db import OperationalError, connection
from django.test import Client

from content_pages.models import PublicPage
from resilience.organisations import plain
from tests.factories.organisations import SupportRouteFactory

ADDRESS = "/the-first-days/"


@pytest.fixture
def first_days(steady, django_capture_on_commit_callbacks) -> PublicPage:
    """The page, published as one that says whom to ring."""
    page = PublicPage.objects.get(slug="the-first-days")
    page.people_to_talk_to, page.drawing, page.drawing_alt = (
        True,
        "first_days",
        "Two people sit side by side.",
    )
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    return page


def test_publishing_writes_the_file(first_days):
    words = plain.place(ADDRESS).read_text()

    assert "Attention comes in short lengths." in words
    assert 'href="tel:116123"' in words
    assert words.count("<h1>") == 1


def test_it_stands_while_the_database_is_away(first_days):
    def refuse(*args: object) -> None:
        raise OperationalError("the database is away")

    browser = Client(raise_request_exception=False)
    with connection.execute_wrapper(refuse):
        page = browser.get(ADDRESS)
        other = browser.get("/")

    assert (page.status_code, page.cookies) == (200, {})
    assert 'href="tel:999"' in page.content.decode()
    assert other.status_code == 500


def test_its_file_needs_no_other_file(first_days):
    words = plain.place(ADDRESS).read_text()

    assert re.findall(r"<(?:link|script)[^>]*>", words) == []
    assert re.findall(r'<img src="([^",]+)', words) == ["data:image/svg+xml;base64"]


def test_a_new_number_is_in_it_as_soon_as_it_is_published(first_days):
    SupportRouteFactory(label="Another line", phone="020 7946 0299")

    plain.renew()

    assert "Another line" in Client().get(ADDRESS).content.decode()


@pytest.mark.parametrize("change", ["unpublish", "delete", "rename", "without routes"])
def test_its_file_goes_when_it_does(first_days, change, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        if change == "unpublish":
            first_days.unpublish()
        elif change == "delete":
            first_days.delete()
            plain.renew()
        elif change == "rename":
            first_days.slug = "first-days"
            first_days.save_revision().publish()
        else:
            first_days.people_to_talk_to = False
            first_days.save_revision().publish()

    assert not plain.place(ADDRESS).exists()
    assert plain.place("/first-days/").exists() == (change == "rename")


def test_a_draft_changes_nothing_of_it(first_days, django_capture_on_commit_callbacks):
    first_days.title = "The first weeks"
    with django_capture_on_commit_callbacks(execute=True):
        first_days.save_revision()

    assert "The first weeks" not in Client().get(ADDRESS).content.decode()
