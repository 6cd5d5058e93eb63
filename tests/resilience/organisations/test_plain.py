"""Help now as a file: written at once, answered before anything else, true until its day, and safe by itself."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client

from resilience.organisations import plain, standing, tasks
from tests.factories.organisations import OrganisationFactory, SupportRouteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_database():
    """Let any query fail, as where the database is away."""

    def refuse(*args: object) -> None:
        raise OperationalError("the database is away")

    with connection.execute_wrapper(refuse):
        yield


def test_the_command_writes_the_files_and_names_them(capsys):
    SupportRouteFactory(label="Another line")

    call_command("write_plain_pages")

    assert str(plain.place("/help-now/")) in capsys.readouterr().out.splitlines()
    assert "Another line" in plain.place("/help-now/").read_text()


def test_a_file_needs_no_other_file():
    tasks.write_plain_pages()
    file = plain.place("/help-now/")

    assert re.findall(r"<(?:link|script|img)[^>]*>", file.read_text()) == []
    assert "--paper:" in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o644


def test_files_follow_the_routes():
    tasks.write_plain_pages()
    SupportRouteFactory(label="Another line")

    tasks.write_plain_pages()

    assert "Another line" in plain.place("/help-now/").read_text()


def test_the_file_of_a_page_that_is_gone_is_taken_away():
    gone = plain.place("/the-first-days/")
    gone.parent.mkdir(parents=True)
    gone.write_text("<!doctype html>")

    tasks.write_plain_pages()

    assert not gone.exists()


def test_files_that_cannot_be_written_are_said_in_words(settings):
    settings.VAR_DIR = Path("/proc/nowhere")

    with pytest.raises(CommandError, match="cannot be written"):
        call_command("write_plain_pages")


@pytest.fixture
def written():
    tasks.write_plain_pages()


def test_help_now_stands_while_the_database_is_away(written, no_database):
    page = Client().get("/help-now/")

    assert page.status_code == 200
    assert "116 123" in page.content.decode()
    assert page.cookies == {}
    assert "public" in page["Cache-Control"]


def test_help_now_asks_the_database_nothing_whoever_reads_it(
    written, as_participant, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert as_participant.get("/help-now/").cookies == {}


def test_another_page_does_not(written, no_database):
    browser = Client(raise_request_exception=False)

    assert browser.get("/accounts/login/").status_code == 500


def test_without_file_and_database_help_now_shows_what_ships(no_database):
    page = Client().get("/help-now/").content.decode()

    assert 'href="tel:116123"' in page
    assert 'href="tel:911"' in page


def test_the_file_answers_with_the_guards_that_every_page_has(written):
    page = Client().get("/help-now/")

    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["X-Frame-Options"] == "DENY"
    assert page["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert "unsafe-inline" not in page["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_a_page_that_has_not_changed_is_not_sent_again(written):
    tag = Client().get("/help-now/")["ETag"]

    again = Client().get("/help-now/", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")

    SupportRouteFactory(label="Another line")
    tasks.write_plain_pages()
    assert Client().get("/help-now/", headers={"if-none-match": tag}).status_code == 200


def test_a_file_past_its_day_is_not_answered_from(time_passes):
    SupportRouteFactory(label="Old line", instead_of="samaritans", expires_on=date(2026, 11, 3))
    tasks.write_plain_pages()
    assert "Old line" in Client().get("/help-now/").content.decode()

    time_passes(days=1)
    page = Client().get("/help-now/").content.decode()

    assert "Old line" not in page
    assert "Samaritans" in page


@pytest.mark.parametrize(
    "address", ["/help-now/../routes.json", "/routes.json", "/..//help-now/", "/help-now"]
)
def test_no_other_file_is_answered(written, address):
    assert plain.kept(address) is None


def test_a_name_with_script_in_it_does_nothing(written):
    OrganisationFactory(name="<script>alert(1)</script>")
    SupportRouteFactory(label="</style><script>alert(2)</script>", organisation=OrganisationFactory())

    tasks.write_plain_pages()

    assert "<script" not in plain.place("/help-now/").read_text()


def test_a_posted_request_is_not_answered_from_a_file(written):
    assert Client().post("/help-now/").status_code == 405


def test_each_language_of_the_site_has_its_own_file(settings):
    settings.LANGUAGES = [("en-gb", "English"), ("fr", "Français")]

    tasks.write_plain_pages()

    assert '<html lang="fr"' in plain.place("/fr/help-now/").read_text()
    assert Client().get("/fr/help-now/").status_code == 200


def test_what_stands_beside_the_files_is_public_only():
    SupportRouteFactory(label="Chaplains")
    SupportRouteFactory(label="Being written", state="DRAFT")

    tasks.write_plain_pages()

    text = (standing.folder() / standing.NAME).read_text()
    assert "Chaplains" in text
    assert "Being written" not in text
    assert "owner" not in text
