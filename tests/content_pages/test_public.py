"""Pages for everyone: no account, no script, nothing stored."""

import gc
import re

import pytest
from django.test import Client
from wagtail_factories import ImageFactory

from content_pages.models import PublicPage
from tests.factories.content_pages import PublicPageFactory
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

    with django_assert_max_num_queries(9):  # one of them: in which languages the page stands
        Client().get("/the-first-days/")


def test_a_visitors_page_may_be_kept_for_a_minute_and_anybody_elses_may_not(steady, as_participant):
    assert "public" in Client().get("/")["Cache-Control"]
    assert "private" in as_participant.get("/")["Cache-Control"]


def test_an_uploaded_picture_is_served_and_nothing_else_is(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "ward.webp").write_bytes(b"RIFF")
    (tmp_path / "images" / "notes.html").write_text("<script>")
    (tmp_path / "secret.webp").write_bytes(b"RIFF")

    found = Client().get("/media/images/ward.webp")

    assert (found.status_code, found["Content-Type"]) == (200, "image/webp")
    assert found["X-Content-Type-Options"] == "nosniff"
    assert Client().get("/media/images/notes.html").status_code == 404
    assert Client().get("/media/images/..%2Fsecret.webp").status_code == 404


# Wagtail leaves the file of a picture it has drawn to the garbage collector.
@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
def test_a_photograph_of_an_editor_is_shown(steady, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = {"image": ImageFactory(title="The ward at night").pk, "alt_text": "A lamp", "decorative": False}
    block = {"type": "photograph", "value": {"picture": picture, "caption": "By us"}}
    PublicPageFactory(parent=steady.get_parent().get_parent(), title="Pictures", body=[block])

    page = Client().get("/pictures/").content.decode()
    gc.collect()  # here, and not in whichever test comes next

    assert 'alt="A lamp"' in page
    address = re.search(r'src="(/media/images/[^"]+)"', page).group(1)
    assert Client().get(address).status_code == 200


def test_a_card_to_pass_on_names_nobody_and_can_be_opened_alone(steady):
    page = PublicPage.objects.get()
    page.body = [
        {"type": "technique", "value": {"key": "steady", "title": "Steady first", "text": "<p>Feet.</p>"}}
    ]
    page.save()

    shown = Client().get("/the-first-days/").content.decode()

    assert '<section class="technique" id="steady"' in shown
    assert 'href="#steady"' in shown
