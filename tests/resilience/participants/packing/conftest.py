import pytest
from django.db import transaction

from resilience.measures import grid
from resilience.participants import consent
from resilience.participants.models import Programme
from resilience.participants.packing import whole
from tests.factories.content_pages import steady_ground
from tests.factories.participants import ProgrammeFactory
from tests.plugins.time import TUESDAY


def a_programme() -> Programme:
    """Make a small programme with pages, questions and information, and nobody in it."""
    made = ProgrammeFactory()
    grid.plan(made)
    consent.publish(programme=made, information="<p>What taking part means.</p>", now=TUESDAY)
    steady_ground()
    return made


@pytest.fixture
def programme(db) -> Programme:
    """The programme, on this very site."""
    return a_programme()


@pytest.fixture
def packed(programme) -> bytes:
    """Its pack."""
    return whole.export(programme=programme, by=None, now=TUESDAY)


@pytest.fixture(scope="module")
def _from_elsewhere(django_db_setup, django_db_blocker) -> bytes:
    with django_db_blocker.unblock(), transaction.atomic():
        raw = whole.export(programme=a_programme(), by=None, now=TUESDAY)
        transaction.set_rollback(True)
    return raw


@pytest.fixture
def emptied(_from_elsewhere, db) -> bytes:
    """The pack of such a programme, on a site that holds nothing."""
    return _from_elsewhere
