"""The trail is appended to and never changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from resilience import db
from resilience.audit import events, trail
from resilience.audit.models import AuditEvent


def test_an_event_names_what_who_and_when_by_ids(ada, tuesday):
    trail.record(events.JOINED, at=tuesday, target=ada, by=ada.participant.user, cohort="autumn")

    row = AuditEvent.objects.get(event=events.JOINED)
    assert (row.at, row.actor_id, row.target_id) == (tuesday, ada.participant.user.pk, str(ada.pk))
    assert row.facts == {"cohort": "autumn"}


def test_an_event_that_is_not_on_the_list_is_refused(db, tuesday):
    with pytest.raises(trail.UnknownEvent):
        trail.record("something_new", at=tuesday)


def test_no_code_can_change_or_delete_an_event(ada, tuesday):
    row = trail.record(events.JOINED, at=tuesday, target=ada)

    for act in (
        row.save,
        row.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(event="x"),
    ):
        with pytest.raises(db.WrittenOnce):
            act()


@pytest.mark.postgres_too
@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_auditevent SET event = 'x'", "DELETE FROM audit_auditevent"],
    ids=["change", "delete"],
)
def test_the_database_itself_refuses_to_change_an_event(ada, tuesday, statement):
    trail.record(events.JOINED, at=tuesday, target=ada)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert AuditEvent.objects.filter(event=events.JOINED).exists()
