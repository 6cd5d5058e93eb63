"""Listings: CSV with a header row, or a list of objects with the same names."""

import csv
import io
import json

import pytest
from django.core.management import call_command


def printed(capsys, *command: str) -> str:
    call_command(*command)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "columns"),
    [
        ("list_policy", ["name", "path", "method", "who", "whose"]),
        ("list_fields", ["model", "field", "class", "purpose", "retention", "erasure"]),
    ],
)
def test_both_forms_say_the_same(command, columns, capsys):
    rows = list(csv.DictReader(io.StringIO(printed(capsys, command))))
    objects = json.loads(printed(capsys, command, "--format", "json"))

    assert list(rows[0]) == columns
    assert rows == objects


def test_the_policy_names_roles_as_the_demonstration_does(capsys):
    rows = {
        (row["name"], row["method"]): row
        for row in csv.DictReader(io.StringIO(printed(capsys, "list_policy")))
    }

    assert rows["organisations:safeguarding", "GET"]["who"] == "safeguarding"
    assert rows["journeys:join", "GET"]["who"] == "everyone"
    assert rows["journeys:invited", "GET"]["path"] == "/join/<code>/"
    assert rows["journeys:data", "POST"]["whose"] == "own"


def test_each_stored_field_stands_in_the_list_once(capsys):
    rows = [
        (row["model"], row["field"]) for row in csv.DictReader(io.StringIO(printed(capsys, "list_fields")))
    ]

    assert len(rows) == len(set(rows)) > 200
    assert ("participants.Participant", "phone") in rows
