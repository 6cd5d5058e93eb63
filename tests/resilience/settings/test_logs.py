"""Lines of the log: only what is allowed, and no code that would let anybody in."""

import secrets

import pytest

from resilience.settings import logs

CODE = "k7Vx-2pQ9rT_4mWz8bNc1A"


@pytest.mark.parametrize(
    ("request_line", "logged"),
    [
        (f"GET /join/{CODE}/", "GET /join/***/"),
        (f"GET /coach/calendar/{CODE}{CODE}.ics", "GET /coach/calendar/***.ics"),
        (f"POST /telephony/voice/{CODE}{CODE}/gate/", "POST /telephony/voice/***/gate/"),
        ("GET /accounts/login/?next=/my/", "GET /accounts/login/"),
        ("GET /calls/1b4e28ba-2fa1-11d2-883f-0016d3cca427/", "GET /calls/1b4e28ba-2fa1-11d2-883f-0016d3cca427/"),
        (
            "GET /programmes/demonstration/being-human-at-work/",
            "GET /programmes/demonstration/being-human-at-work/",
        ),
    ],
)
def test_codes_and_queries_stay_out_of_the_log(request_line, logged):
    assert logs.keep_allowed(None, "info", {"request": request_line}) == {"request": logged}


def test_every_code_that_we_make_is_kept_out():
    for _code in range(200):
        code = secrets.token_urlsafe(16)
        assert code not in logs.without_secrets(f"GET /join/{code}/")


def test_what_is_not_on_the_list_is_dropped():
    assert logs.keep_allowed(None, "info", {"event": "x", "email": "ada@example.org"}) == {"event": "x"}
