"""Words are kept under one person's key and bound to their row."""

import pytest
from django.db import connection

from resilience import clock
from resilience.engagement.models import Entry
from resilience.privacy import fields, keys

WORDS = "I checked the pump twice afterwards."


def entry(enrolment, words=WORDS, exercise="steady"):
    now = clock.now()
    return Entry.objects.create(
        enrolment=enrolment, page=enrolment.pk, exercise=exercise, kind="reflection", fields=words, started_at=now,
        saved_at=now,
    )  # fmt: skip


def stored(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT fields FROM engagement_entry WHERE exercise = %s", [row.exercise])
        return cursor.fetchone()[0]


@pytest.mark.postgres_too
def test_words_come_back_to_whoever_reads_the_row(ada):
    row = entry(ada)

    assert Entry.objects.get(pk=row.pk).fields == WORDS


@pytest.mark.postgres_too
def test_the_column_never_holds_the_words(ada):
    assert WORDS not in stored(entry(ada))


def test_an_empty_text_is_stored_as_empty(ada):
    assert Entry.objects.get(pk=entry(ada, words="").pk).fields == ""


def test_words_moved_to_another_row_cannot_be_read(ada):
    first, second = entry(ada), entry(ada, exercise="other")
    token = stored(first)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE engagement_entry SET fields = %s WHERE exercise = 'other'", [token])

    with pytest.raises(fields.Unreadable):
        Entry.objects.get(pk=second.pk).fields  # noqa: B018 - reading is the act


def test_words_that_were_tampered_with_cannot_be_read(ada):
    row = entry(ada)
    token = stored(row)
    changed = token[:-6] + ("AAAA" if token[-6:-2] != "AAAA" else "BBBB") + token[-2:]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE engagement_entry SET fields = %s", [changed])

    with pytest.raises(fields.Unreadable):
        Entry.objects.get(pk=row.pk).fields  # noqa: B018 - reading is the act


def test_once_the_key_is_destroyed_nothing_under_it_can_be_read_again(ada, tuesday):
    row = entry(ada)

    keys.destroy(ada.participant.user.data_key, at=tuesday)

    with pytest.raises(keys.Destroyed):
        Entry.objects.get(pk=row.pk).fields  # noqa: B018 - reading is the act


def test_the_words_of_others_stay_readable_when_one_key_is_destroyed(ada, tuesday):
    from tests.factories.participants import EnrolmentFactory

    other = entry(EnrolmentFactory(participant__user__email="other@example.org"))

    keys.destroy(ada.participant.user.data_key, at=tuesday)

    assert Entry.objects.get(pk=other.pk).fields == WORDS


def test_a_new_site_key_reads_and_rewraps_what_the_old_one_wrote(ada, settings):
    from cryptography.fernet import Fernet

    row = entry(ada)
    old = settings.FIELD_KEYS[0]
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), old]
    assert Entry.objects.get(pk=row.pk).fields == WORDS

    keys.rewrap()
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]

    assert Entry.objects.get(pk=row.pk).fields == WORDS


def test_plain_words_cannot_slip_in_through_an_update(ada):
    entry(ada)

    with pytest.raises(TypeError, match="encrypted"):
        Entry.objects.update(fields=WORDS)
