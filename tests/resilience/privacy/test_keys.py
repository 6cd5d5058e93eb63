"""The site's own keys can be changed by an operator: every data key is wrapped anew, and the old one may go."""

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from resilience.audit.models import AuditEvent
from resilience.engagement.models import Entry
from resilience.privacy import keys
from resilience.privacy.models import DataKey
from tests.factories.accounts import UserFactory

WORDS = "I checked the pump twice afterwards."


@pytest.fixture
def written(ada, tuesday) -> Entry:
    return Entry.objects.create(
        enrolment=ada, page=ada.pk, exercise="one", kind="reflection", fields=WORDS, started_at=tuesday,
        saved_at=tuesday,
    )  # fmt: skip


@pytest.fixture
def new_key(written, settings) -> str:
    """A new key of the site, in front of the one under which the words were written."""
    made = Fernet.generate_key().decode()
    settings.FIELD_KEYS = [made, *settings.FIELD_KEYS]
    return made


@pytest.mark.postgres_too
def test_once_the_keys_are_rewrapped_the_old_one_may_go(written, new_key, settings, capsys):
    call_command("rewrap_keys")
    settings.FIELD_KEYS = [new_key]

    assert Entry.objects.get(pk=written.pk).fields == WORDS
    assert "1 data keys are wrapped" in capsys.readouterr().err
    assert AuditEvent.objects.get(event="keys_rewrapped").facts == {"wrapped": 1}


def test_without_rewrapping_the_old_one_is_missed(written, new_key, settings):
    settings.FIELD_KEYS = [new_key]

    with pytest.raises(CommandError, match="Put that one back"):
        call_command("rewrap_keys")


def test_keys_are_rewrapped_batch_by_batch_and_destroyed_ones_stay_destroyed(new_key, settings, tuesday):
    people = [UserFactory() for _ in range(4)]
    keys.destroy(people[0].data_key, at=tuesday)
    told: list[int] = []

    assert keys.rewrap(batch=3, tell=told.append) == 4
    assert told == [3, 4]
    settings.FIELD_KEYS = [new_key]
    assert all(keys.unwrap(each.wrapped) for each in DataKey.objects.filter(destroyed_at=None))
    assert DataKey.objects.filter(wrapped=None).count() == 1
