"""The task list: done, next, what opens when; plain words outside a programme."""

from resilience.accounts.models import Role
from tests.factories.accounts import UserFactory
from tests.factories.content_pages import LAST, MODULE, READING, WRITING


def page(client: object) -> str:
    """Return the task list as somebody reads it."""
    return client.get("/my/").content.decode()


def test_somebody_new_is_welcomed_and_told_how_it_works(steady, as_participant):
    mine = page(as_participant)

    assert "Come as you are." in mine
    assert f'href="{READING}"' in mine
    assert "Opens when “Being human at work” is behind you." in mine


def test_coming_back_says_where_one_was_and_that_nothing_is_late(steady, as_participant):
    as_participant.get(WRITING)

    mine = page(as_participant)

    assert "You were in “What I would want to hear”." in mine
    assert "Nothing is late." in mine
    assert f'href="{WRITING}"' in mine


def test_a_part_behind_somebody_opens_the_next(steady, as_participant):
    for address in (READING, WRITING):
        as_participant.post(address, {"do": "done"})

    mine = page(as_participant)

    assert "One of two done. Your next piece takes 6 minutes." in mine
    assert f'href="{LAST}"' in mine


def test_the_end_has_its_own_words(steady, as_participant):
    for address in (READING, WRITING, LAST):
        as_participant.post(address, {"do": "done"})

    mine = page(as_participant)

    assert "That was the last part." in mine
    assert "You have reached the end of the parts" in mine


def test_what_was_written_to_be_met_again_is_named_when_its_day_comes(
    steady, ada, sign_in, typed, time_passes
):
    sign_in(ada.participant.user).post(WRITING, typed)
    before = page(sign_in(ada.participant.user))
    time_passes(days=14)

    after = page(sign_in(ada.participant.user))

    assert "You wrote something to meet again" not in before
    assert f'href="{WRITING}#want_to_hear"' in after


def test_a_pause_is_named_and_stops_nobody(steady, as_participant, ada, tuesday):
    ada.paused_until = tuesday.replace(day=17)
    ada.save()

    assert "You have paused" in page(as_participant)
    assert as_participant.get(READING).status_code == 200


def test_between_programmes_there_are_plain_words(db, sign_in):
    somebody = UserFactory(roles=[Role.PARTICIPANT])

    assert "There is no programme here for you right now" in page(sign_in(somebody))


def test_a_programme_without_pages_says_so(as_participant):
    assert "are being prepared" in page(as_participant)


def test_a_module_counts_what_is_done_and_never_how_often(steady, as_participant):
    as_participant.post(READING, {"do": "done"})

    module = as_participant.get(MODULE).content.decode()

    assert "One of two done. Your next piece takes 5 minutes." in module
