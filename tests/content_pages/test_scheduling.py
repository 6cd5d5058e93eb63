"""Pages that appear and go at the time that an editor set: by the site's clock, and not in a frozen programme."""

from datetime import timedelta

import pytest

from content_pages import outline, scheduling
from content_pages.models import ActivityPage, LiveSessionPage, ModulePage
from resilience import clock
from resilience.engagement.models import LiveSession
from resilience.participants import freezing
from resilience.participants.models import Programme
from tests.factories.content_pages import LiveSessionPageFactory
from tests.factories.participants import ProgrammeFactory


@pytest.fixture
def programme(steady) -> Programme:
    return ProgrammeFactory()


def hidden_until(page: ActivityPage, at: object) -> None:
    page.unpublish()
    page.go_live_at = at
    page.save_revision().publish()


def shown() -> set[str]:
    return {piece.slug for piece in outline.read("steady").activities}


def test_a_page_appears_and_goes_at_the_time_that_was_set(steady, writing, tuesday, time_passes):
    writing.expire_at = tuesday + timedelta(days=3)
    hidden_until(writing, tuesday + timedelta(days=1))

    def stands_after(**length: float) -> bool:
        time_passes(**length)
        scheduling.publish_due()
        scheduling.publish_due()
        return writing.slug in shown()

    assert [stands_after(hours=23), stands_after(hours=2), stands_after(days=2)] == [False, True, False]


def test_a_page_appears_by_the_clock_of_the_demonstration(steady, writing, tuesday, settings, tmp_path):
    settings.CLOCK_FILE = tmp_path / "clock"
    hidden_until(writing, tuesday + timedelta(days=1))
    clock.move_to(tuesday + timedelta(days=2))

    scheduling.publish_due()

    assert writing.slug in shown()


def test_several_pages_appear_at_once(steady, tuesday, time_passes):
    pages = list(ActivityPage.objects.all())
    for page in pages:
        hidden_until(page, tuesday + timedelta(days=1))
    assert shown() == set()
    time_passes(days=2)

    scheduling.publish_due()

    assert shown() == {page.slug for page in pages}


def test_what_is_set_waits_while_the_pages_are_frozen(programme, writing, tuesday, time_passes):
    leaves = ActivityPage.objects.exclude(pk=writing.pk).first()
    leaves.expire_at = tuesday + timedelta(days=1)
    leaves.save_revision().publish()
    hidden_until(writing, tuesday + timedelta(days=1))
    freezing.freeze(programme=programme, by=None, now=tuesday)
    now = time_passes(days=2)

    scheduling.publish_due()
    frozen = shown()
    freezing.open_again(programme=programme, by=None, now=now)
    scheduling.publish_due()

    assert leaves.slug in frozen
    assert writing.slug not in frozen
    assert leaves.slug not in shown()
    assert writing.slug in shown()


def test_an_editor_reads_that_it_waits(programme, writing, as_editor, tuesday):
    def page() -> str:
        return as_editor.get(f"/cms/pages/{writing.pk}/edit/").content.decode()

    words = "While the pages of its programme are frozen, that waits."
    freezing.freeze(programme=programme, by=None, now=tuesday)
    assert words not in page()
    freezing.open_again(programme=programme, by=None, now=tuesday)
    hidden_until(writing, tuesday + timedelta(days=1))
    assert words not in page()

    freezing.freeze(programme=programme, by=None, now=tuesday)

    assert words in page()


def test_a_part_whose_time_is_over_is_counted_no_more(programme, tuesday, time_passes):
    part = ModulePage.objects.first()
    part.expire_at = tuesday + timedelta(days=1)
    part.save_revision().publish()
    time_passes(days=2)

    scheduling.publish_due()

    programme.refresh_from_db()
    assert programme.modules == 1


def test_a_meeting_whose_page_goes_is_called_off(programme, steady, tuesday, time_passes):
    page = LiveSessionPageFactory(parent=steady, expire_at=tuesday + timedelta(days=1))
    LiveSessionPage.objects.get(pk=page.pk).save_revision().publish()
    assert LiveSession.objects.get().called_off_at is None
    time_passes(days=2)

    scheduling.publish_due()

    assert LiveSession.objects.get().called_off_at is not None
