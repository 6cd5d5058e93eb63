"""What a program may read; that it may read nothing else; and that every answer is as the description says."""

import json
import re
from datetime import timedelta
from urllib.parse import quote

import jsonschema
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from resilience import clock
from resilience.audit.models import AuditEvent
from resilience.evaluation.api import limits, tokens
from resilience.evaluation.models import DataExport
from tests.factories.participants import ProgrammeFactory

pytestmark = pytest.mark.django_db
BASE = "/api/v1/evaluations/"


@pytest.fixture
def secret(unanswered, chi, tuesday) -> str:
    ends = tuesday + timedelta(days=30)
    return tokens.make(user=chi, programme=unanswered.programme, name="R", ends_at=ends, now=tuesday)


@pytest.fixture
def read(secret):
    """Ask as a program does: no cookie, a token."""

    def ask(path: str, *, token: str = secret, **more):
        return Client().get(path, headers={"Authorization": f"Bearer {token}"}, **more)

    return ask


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_program_reads_evaluations_plan_figures_and_rows(read, held, unanswered):
    here = f"{BASE}new/"

    assert [one["slug"] for one in read(BASE).json()] == ["new"]
    assert read(here).json()["plan_hash"] == unanswered.plan.hash
    assert read(f"{here}plan/").json()["content"]["timepoints"] == ["t1", "t2"]
    assert [one["id"] for one in read(f"{here}reports/").json()] == [str(held.run.pk)]
    assert json.loads(body(read(f"{here}reports/{held.run.pk}/figures.json"))) == {"format": "figures/1"}
    assert "wide.csv" in read(f"{here}exports/").json()[0]["files"]
    for shape, begins in (("long", b"participant,timepoint,study_day"), ("wide", b"participant,site")):
        answer = read(f"{here}exports/{held.export.pk}/rows.csv?shape={shape}")
        assert answer.streaming
        assert answer["Content-Type"].startswith("text/csv")
        assert body(answer).startswith(begins)


def test_every_reading_is_put_on_record_under_its_owner(read, held, chi):
    read(f"{BASE}new/plan/")
    body(read(f"{BASE}new/exports/{held.export.pk}/rows.csv"))

    found = AuditEvent.objects.filter(event="program_read").order_by("pk")
    assert sorted(event.facts["what"] for event in found) == ["plan", "rows long"]
    assert {event.actor_id for event in found} == {chi.pk}


def test_no_cache_keeps_an_answer(read):
    assert read(BASE)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("token", ["", "rsl_wrong", "ü", "a" * 5000])
def test_without_a_token_that_holds_nothing_is_read(read, token):
    answer = read(BASE, token=quote(token))

    assert (answer.status_code, answer.json()) == (401, {"detail": "Unauthorized"})
    assert not AuditEvent.objects.filter(event="program_read").exists()


def test_being_signed_in_is_no_token(unanswered, as_evaluator):
    assert as_evaluator.get(BASE).status_code == 401


def test_a_token_reads_nothing_of_another_programme(read, finished, held):
    assert read(f"{BASE}demonstration/").status_code == 404
    assert [one["slug"] for one in read(BASE).json()] == ["new"]
    moved = DataExport.objects.create(
        evaluation=finished, as_of=clock.now(), asked_at=clock.now(), state="DONE"
    )
    assert read(f"{BASE}new/exports/{moved.pk}/rows.csv").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(secret, unanswered, method):
    answer = getattr(Client(), method)(f"{BASE}new/", headers={"Authorization": f"Bearer {secret}"})

    assert answer.status_code == 405


def test_too_many_readings_are_told_when_to_come_back(read, secret):
    answers = [read(BASE) for _ in range(limits.READS_A_MINUTE + 1)]

    assert [one.status_code for one in answers[-2:]] == [200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60


def test_trying_tokens_is_slowed_down(read):
    answers = [read(BASE, token=f"rsl_{n}") for n in range(limits.WRONG_A_MINUTE + 1)]

    assert [one.status_code for one in answers[-2:]] == [401, 429]


def test_the_description_is_sound_and_everyone_may_read_it():
    schema = Client().get("/api/openapi.json").json()

    validate(schema)
    assert {method for path in schema["paths"].values() for method in path} == {"get"}
    assert len(schema["paths"]) == 7
    for path in schema["paths"].values():
        assert set(path["get"]["responses"]) == {"200", "401", "404", "422", "429"}
        assert path["get"]["security"]


def test_an_unsound_description_would_be_noticed():
    schema = Client().get("/api/openapi.json").json()
    del schema["info"]

    with pytest.raises(OpenAPIValidationError, match="info"):
        validate(schema)


def test_the_page_for_people_names_every_address():
    page = Client().get("/api/docs").content.decode()
    paths = Client().get("/api/openapi.json").json()["paths"]

    assert page.count("<h1") == 1
    for path in paths:
        assert path in page


def fitting(answer, told: dict, schema: dict) -> None:
    """Raise where an answer is not as its description says."""
    assert str(answer.status_code) in told["responses"], answer.status_code
    content = told["responses"][str(answer.status_code)]["content"]
    kind = answer["Content-Type"].split(";")[0]
    assert kind in content, kind
    if kind == "application/json":
        described = content[kind]["schema"] | {"components": schema["components"]}
        jsonschema.validate(json.loads(body(answer)), described)
    else:
        body(answer)


TEXTS = st.text(min_size=1, max_size=40).filter(lambda text: "/" not in text and text not in (".", ".."))
ROWS = "/api/v1/evaluations/{slug}/exports/{export}/rows.csv"


def test_whatever_is_asked_for_the_answer_is_as_described(unanswered, held, chi, tuesday):
    schema = Client().get("/api/openapi.json").json()
    known = {"slug": "new", "report": str(held.run.pk), "export": str(held.export.pk)}
    seen = set()
    words = st.fixed_dictionaries({name: st.one_of(st.just(value), TEXTS) for name, value in known.items()})

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        path=st.sampled_from(sorted(schema["paths"])),
        words=words,
        shape=st.one_of(st.sampled_from(["", "long", "wide"]), TEXTS),
        holds=st.booleans(),
    )
    def ask(path, words, shape, holds):
        ends = tuesday + timedelta(days=1)
        token = tokens.make(user=chi, programme=unanswered.programme, name="f", ends_at=ends, now=tuesday)
        filled = re.sub(r"{(\w+)}", lambda part: quote(words[part.group(1)], safe=""), path)
        query = f"?shape={quote(shape, safe='')}" if shape else ""
        head = f"Bearer {token if holds else 'rsl_' + shape.encode().hex()}"
        answer = Client().get(filled + query, headers={"Authorization": head})
        fitting(answer, schema["paths"][path]["get"], schema)
        seen.add(answer.status_code)

    ask()
    assert seen >= {200, 401, 404, 422}


def test_the_fuzzer_finds_an_answer_that_is_not_as_described(read, held):
    schema = Client().get("/api/openapi.json").json()
    told = schema["paths"]["/api/v1/evaluations/{slug}/"]["get"]

    fitting(read(f"{BASE}new/"), told, schema)
    schema["components"]["schemas"]["EvaluationOut"]["required"].append("planted")
    with pytest.raises(jsonschema.ValidationError):
        fitting(read(f"{BASE}new/"), told, schema)


def test_another_programme_is_another_token(read, secret, chi, tuesday):
    other = ProgrammeFactory(slug="other")
    token = tokens.make(user=chi, programme=other, name="x", ends_at=tuesday + timedelta(days=1), now=tuesday)

    assert read(BASE, token=token).json() == []
