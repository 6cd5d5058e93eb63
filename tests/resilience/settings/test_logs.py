"""Lines of the log: only what is allowed, no code that would let anybody in, and nothing that names a person."""

import io
import json
import logging
import logging.config
import secrets
import traceback
from collections.abc import Callable, Iterator

import pytest
import structlog
from django.db import IntegrityError, connection
from django.test import Client

from resilience.settings import logs

CODE = "k7Vx-2pQ9rT_4mWz8bNc1A"
TELLS = "duplicate key value\nDETAIL:  Key (lower(email))=(ada@example.org) already exists."


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict]]]:
    """The logging of a site with real people; called, it returns the lines so far."""
    loggers = [logging.getLogger(), logging.getLogger("gunicorn.error")]
    before = [(logger, logger.handlers[:], logger.level, logger.propagate) for logger in loggers]
    logging.config.dictConfig(logs.configuration(level="INFO"))
    loggers[0].handlers[0].setStream(written := io.StringIO())
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    for logger, handlers, level, propagate in before:
        logger.handlers[:], logger.propagate = handlers, propagate
        logger.setLevel(level)


@pytest.mark.parametrize(
    ("request_line", "logged"),
    [
        (f"GET /join/{CODE}/", "GET /join/***/"),
        (f"GET /coach/calendar/{CODE}{CODE}.ics", "GET /coach/calendar/***.ics"),
        (f"POST /telephony/voice/{CODE}{CODE}/gate/", "POST /telephony/voice/***/gate/"),
        ("GET /accounts/login/?next=/my/", "GET /accounts/login/"),
        (
            "GET /calls/1b4e28ba-2fa1-11d2-883f-0016d3cca427/",
            "GET /calls/1b4e28ba-2fa1-11d2-883f-0016d3cca427/",
        ),
        (
            "GET /programmes/demonstration/being-human-at-work/",
            "GET /programmes/demonstration/being-human-at-work/",
        ),
        ("GET /manage/people/ada@example.org/", "GET /manage/people/***/"),
    ],
)
def test_codes_queries_and_addresses_stay_out_of_the_log(request_line, logged):
    assert logs.keep_allowed(None, "info", {"request": request_line}) == {"request": logged}


def test_every_code_that_we_make_is_kept_out():
    for _code in range(200):
        code = secrets.token_urlsafe(16)
        assert code not in logs.cleaned(f"GET /join/{code}/")


def test_what_is_not_on_the_list_is_dropped():
    assert logs.keep_allowed(None, "info", {"event": "x", "email": "ada@example.org"}) == {"event": "x"}


@pytest.mark.parametrize(
    "words",
    [
        "No route to +447700900123", "No route to 07700 900123", "No route to 020 7946 0123",
        "No route to ada@example.org", "No route to <ada@example.org>",
    ],
)  # fmt: skip
def test_numbers_and_addresses_in_what_others_log_are_starred(lines, words):
    logging.getLogger("some.package").warning(words)

    assert lines()[0]["event"].replace("<", "").replace(">", "") == "No route to ***"


@pytest.mark.parametrize("kept", ["14 of 07 tasks at 2026-11-03T10:00:00", "Worker 12345 at 127.0.0.1:8000"])
def test_counts_and_moments_stay_readable(lines, kept):
    logging.getLogger("some.package").info(kept)

    assert lines()[0]["event"] == kept


@pytest.mark.django_db
def test_a_request_that_fails_with_a_code_in_its_address_leaves_no_code(lines):
    Client().get(f"/join/{CODE}/")

    told = lines()
    assert "Not Found: /join/***/" in [line["event"] for line in told]
    assert CODE not in str(told)


@pytest.mark.django_db
def test_an_exception_is_told_by_its_kind_and_place_without_its_words(lines):
    def refuse(execute, sql, params, many, context):
        raise IntegrityError(TELLS)

    with connection.execute_wrapper(refuse):
        answer = Client(raise_request_exception=False).get(f"/join/{CODE}/")

    told = lines()
    assert answer.status_code == 500
    assert "IntegrityError" in str(told)
    assert "resilience/participants/invitations.py" in str(told)
    assert [word for word in (CODE, "ada@example.org", "DETAIL") if word in str(told)] == []


def test_our_own_lines_tell_an_exception_and_its_cause_without_words(lines):
    try:
        try:
            raise KeyError("Ada Lovelace")
        except KeyError as error:
            raise ValueError("of Ada Lovelace") from error
    except ValueError:
        structlog.get_logger("ours").exception("turn failed")

    (line,) = lines()
    assert "builtins.ValueError" in line["exception"]
    assert "builtins.KeyError" in line["exception"]
    assert "Lovelace" not in str(line)


def test_a_task_that_failed_is_told_by_name_and_place_without_its_words(lines):
    try:
        raise IntegrityError(TELLS)
    except IntegrityError as error:
        result = f"{error} : {traceback.format_exc()}"

    logging.getLogger("django-q").error(f"Failed 'resilience.x.tasks.y' (lion-two) - {result}")

    (line,) = lines()
    assert line["event"] == "Failed 'resilience.x.tasks.y' (lion-two)"
    assert "test_logs.py" in line["exception"]
    assert "ada@example.org" not in str(line)


def test_the_web_servers_own_words_are_cleaned_too(lines):
    logging.getLogger("gunicorn.error").error("Error handling request /join/%s/", CODE)

    assert lines()[0]["event"] == "Error handling request /join/***/"
