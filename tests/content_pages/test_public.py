"""Pages for everyone: no account, no script, nothing stored."""

import pytest
from django.test import Client

from content_pages.models import PublicPage
from tests.factories.organisations import SupportRouteFactory


@pytest.mark.parametrize("address", ["/", "/the-first-days/"])
def test_everyone_may_read_a_public_page(steady, address):
    response = Client().get(address)

    assert response.status_code == 200
    assert "Attention comes in short lengths." in response.content.decode()
    assert "sessionid" not in response.cookies
    assert "session" not in response.cookies


def test_the_first_days_shows_whom_to_ring(steady):
    SupportRouteFactory()
    PublicPage.objects.update(people_to_talk_to=True)

    assert 'href="tel:116123"' in Client().get("/the-first-days/").content.decode()


def test_the_front_page_leads_to_joining_and_to_the_sample(steady):
    PublicPage.objects.update(show_in_menus=True)

    page = Client().get("/").content.decode()

    assert 'href="/join/"' in page
    assert 'href="/the-first-days/"' in page


def test_a_page_of_a_visitor_touches_no_session(steady, django_assert_max_num_queries):
    Client().get("/the-first-days/")

    with django_assert_max_num_queries(8):
        Client().get("/the-first-days/")
