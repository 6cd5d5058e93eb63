"""Whatever a program may send by the description of the API, drawn by schemathesis, is answered as described."""

import contextlib
from datetime import timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resilience.evaluation.api import limits, tokens
from resilience.wsgi import application

pytestmark = pytest.mark.django_db
DRAWN = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
HOST = {"Host": "testserver"}


def from_somewhere(environ, start_response):
    """Ask as a server does: it tells from where, and closes what it was given."""
    with contextlib.closing(application(environ | {"REMOTE_ADDR": "192.0.2.7"}, start_response)) as answer:
        return [b"".join(answer)]


@pytest.fixture
def schema(held):
    """The description as the site itself gives it; a request leaves the transaction of the test open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", from_somewhere, headers=HOST)
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def send(held, unanswered, chi, tuesday, monkeypatch):
    """Send a case, with what there is in its address where `at_known` says so, and hold its answer to the description.

    Each case is sent with a wrong token too, which must be refused: so many of them that they would be slowed down.
    """
    monkeypatch.setattr(limits, "WRONG_A_MINUTE", 1_000_000)
    known = {"slug": "new", "report": str(held.run.pk), "export": str(held.export.pk)}

    def one(case, *, at_known: bool):
        ends = tuesday + timedelta(days=1)
        token = tokens.make(user=chi, programme=unanswered.programme, name="f", ends_at=ends, now=tuesday)
        if at_known:
            case.path_parameters = {name: known[name] for name in case.path_parameters or ()}
        return case.call_and_validate(headers=HOST | {"Authorization": f"Bearer {token}"})

    return one


def fuzz(schema, send) -> dict[str, set[int]]:
    """Ask each address in many ways; return which answers each gave. Raises what schemathesis finds."""
    return {found.ok().label: answers(found.ok(), send) for found in schema.get_all_operations()}


def answers(operation, send) -> set[int]:
    seen = set()

    @DRAWN
    @given(case=operation.as_strategy(), at_known=st.booleans())
    def ask(case, at_known):
        seen.add(send(case, at_known=at_known).status_code)

    ask()
    return seen


def test_whatever_is_sent_is_answered_as_the_description_says(schema, send):
    seen = fuzz(schema, send)

    assert len(seen) == 7
    assert all(200 in given for given in seen.values()), seen


def test_the_fuzzer_finds_an_answer_that_the_description_does_not_know(schema, send):
    told = schema.raw_schema["components"]["schemas"]["EvaluationOut"]
    told["required"] = [*told["required"], "planted"]

    with pytest.raises(BaseExceptionGroup, match="planted"):
        fuzz(schema, send)
