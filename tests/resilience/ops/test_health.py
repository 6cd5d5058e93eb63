"""Probes and monitoring: what each says while all is well and while a part is not."""

import json
from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from resilience import clock
from resilience.messaging.models import Channel, Outgoing
from resilience.ops import health, heartbeat

NAMES = ["database", "migrations", "worker", "worker_seen_s", "oldest_due_s", "carrier"]


def told(client: Client) -> dict:
    return json.loads(client.get("/readyz").content)


@pytest.fixture
def beating(db) -> None:
    heartbeat.beat(name=heartbeat.WORKER)
    heartbeat.beat(name=heartbeat.DISPATCHER)


def test_the_process_says_that_it_lives_without_asking_the_database(client):
    assert client.get("/healthz").status_code == 200


@pytest.mark.postgres_too
def test_ready_when_every_part_is_ok(client, beating):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert json.loads(answer.content) == {
        "database": "ok", "migrations": "ok", "worker": "ok", "worker_seen_s": 0, "oldest_due_s": 0,
        "carrier": "ok",
    }  # fmt: skip


def test_a_worker_that_has_never_been_seen_is_not_ready(client, db):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert list(told(client)) == NAMES
    assert told(client)["worker_seen_s"] is None


@pytest.mark.parametrize(("seconds", "status"), [(180, 200), (181, 503)])
def test_group_41_a_worker_is_silent_after_180_seconds(client, beating, time_passes, seconds, status):
    time_passes(seconds=seconds)

    assert client.get("/readyz").status_code == status
    assert told(client)["worker_seen_s"] == seconds


def test_a_dispatcher_that_is_silent_is_told_beside_the_worker(client, beating, time_passes):
    time_passes(seconds=181)
    heartbeat.beat(name=heartbeat.WORKER)

    assert client.get("/readyz").status_code == 503
    assert told(client)["worker"] == "dispatcher silent"


def test_a_dispatcher_that_has_never_been_seen_is_not_ready(client, db):
    heartbeat.beat(name=heartbeat.WORKER)

    assert told(client)["worker"] == "dispatcher not seen yet"


def test_moving_the_demonstrations_clock_on_is_not_silence(client, beating, tuesday):
    clock.move_to(tuesday + timedelta(days=7))

    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_database_that_does_not_answer_is_said_and_not_raised(client, beating, fault):
    def gone(execute, sql, params, many, context):
        raise fault("gone")

    with connection.execute_wrapper(gone):
        answer = client.get("/readyz")

    assert answer.status_code == 503
    assert json.loads(answer.content)["database"] == "does not answer"


def test_the_oldest_due_message_is_told(client, beating, tuesday):
    Outgoing.objects.create(
        key="late", kind="page_ready", channel=Channel.EMAIL, due_at=tuesday - timedelta(seconds=90),
        not_after=tuesday + timedelta(days=1),
    )  # fmt: skip

    assert told(client)["oldest_due_s"] == 90


def test_numbers_are_for_loopback(client, beating):
    answer = client.get("/metrics", REMOTE_ADDR="127.0.0.1")

    assert answer.status_code == 200
    assert b"resilience_ready 1.0" in answer.content
    assert b"resilience_worker_seen_seconds 0.0" in answer.content


@pytest.mark.parametrize(
    "stranger",
    [{"REMOTE_ADDR": "203.0.113.9"}, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}],
    ids=["from outside", "through the proxy"],
)
def test_numbers_are_not_for_strangers(client, beating, stranger):
    assert client.get("/metrics", **stranger).status_code == 404


def test_with_a_token_numbers_are_for_whoever_holds_it(client, beating, settings):
    settings.METRICS_TOKEN = "a-long-word"

    def seen_by(word: str) -> int:
        return client.get("/metrics", HTTP_AUTHORIZATION=word, REMOTE_ADDR="203.0.113.9").status_code

    assert seen_by("Bearer a-long-word") == 200
    assert seen_by("Bearer another-word") == 404


def test_a_token_does_not_shut_this_machine_out(client, beating, settings):
    settings.METRICS_TOKEN = "a-long-word"

    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 200


def test_robots_are_kept_from_peoples_pages(client):
    answer = client.get("/robots.txt")

    assert b"Disallow: /my/" in answer.content
    assert "max-age" in answer["Cache-Control"]


def test_the_icon_is_found_by_its_old_name(client):
    assert client.get("/favicon.ico").status_code == 200


def test_the_operator_sees_at_a_glance_that_the_site_works(as_operator, beating):
    answer = as_operator.get("/operate/")

    assert "The site works" in answer.content.decode()


def test_the_operator_sees_what_does_not_work(as_operator):
    answer = as_operator.get("/operate/")

    assert "Something does not work" in answer.content.decode()
    assert "not seen yet" in answer.content.decode()


def test_looking_says_ok_only_when_all_parts_are():
    well = health.Health("ok", "ok", "ok", 1, 0)

    assert well.ready
    assert not health.Health("ok", "some wait to be applied", "ok", 1, 0).ready
