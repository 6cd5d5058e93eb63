"""Meetings of a programme: what a participant sees and does, what the editor publishes, who else sees the list."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from wagtail.models import Locale

from content_pages.models import LiveSessionPage
from resilience.accounts import roles
from resilience.accounts.models import Role
from resilience.engagement import seats
from resilience.engagement.models import LiveSession, Seat
from resilience.messaging import outbox
from tests.factories.accounts import UserFactory
from tests.factories.content_pages import LiveSessionPageFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, ProgrammeFactory


@pytest.fixture
def page(steady, ada, ben) -> LiveSessionPage:
    """A meeting in two weeks with one place, held by Ben."""
    return LiveSessionPageFactory(parent=steady, capacity=1, facilitator=ben)


@pytest.fixture
def session(page) -> LiveSession:
    return LiveSession.objects.get(pk=page.translation_key)


@pytest.fixture
def address(session) -> str:
    return f"/my/meetings/{session.pk}/"


def read(client, address: str) -> str:
    return client.get(address).content.decode()


def somebody_else_has_the_place(session, tuesday):
    other = EnrolmentFactory(participant__chosen_name="Priya")
    seats.ask(enrolment=other, session=session.pk, by=other.participant.user, at=tuesday)
    return other


def test_a_published_meeting_stands_beside_the_parts_and_shuts_none(page, address, as_participant):
    mine = read(as_participant, "/my/")

    assert f'href="{address}"' in mine
    assert "Tuesday 17 November, 10:00 am (London time)" in mine
    assert "1 place free" in mine
    assert "Opens when “Being human at work” is behind you." in mine


def test_the_link_is_seen_by_those_with_a_place_alone(page, address, as_participant):
    before = read(as_participant, address)

    answer = as_participant.post(address, {"do": "ask"})

    assert (answer.status_code, answer["Location"]) == (302, address)
    after = read(as_participant, address)
    assert page.link not in before
    assert f'href="{page.link}"' in after
    assert "You have a place" in after


def test_when_it_is_full_there_is_a_waiting_list(session, address, as_participant, tuesday):
    somebody_else_has_the_place(session, tuesday)

    offered = read(as_participant, address)
    as_participant.post(address, {"do": "ask"})

    assert "Put me on the waiting list" in offered
    assert "You are on the waiting list" in read(as_participant, address)


def test_a_place_can_be_given_back_without_a_reason(address, as_participant):
    as_participant.post(address, {"do": "ask"})

    as_participant.post(address, {"do": "give_back"})

    assert "Keep me a place" in read(as_participant, address)


def test_once_it_has_begun_the_page_says_so_and_keeps_nothing(address, ada, sign_in, time_passes):
    time_passes(days=14)

    answer = sign_in(ada.participant.user).post(address, {"do": "ask"})

    assert answer.status_code == 409
    assert "Nothing was changed" in answer.content.decode()
    assert not Seat.objects.exists()


def test_the_calendar_file_says_only_when(session, address, as_participant):
    refused = as_participant.get(address + "calendar.ics")
    as_participant.post(address, {"do": "ask"})

    file = as_participant.get(address + "calendar.ics").content.decode()

    assert refused.status_code == 404
    assert "DTSTART:20261117T100000Z" in file
    assert "Private appointment" in file
    assert session.title not in file
    assert session.place not in file


def test_nobody_of_another_programme_finds_it_nor_does_a_made_up_one_exist(address, as_participant, sign_in):
    stranger = EnrolmentFactory(cohort=CohortFactory(programme=ProgrammeFactory(slug="other")))

    assert sign_in(stranger.participant.user).get(address).status_code == 404
    assert as_participant.get(f"/my/meetings/{uuid4()}/").status_code == 404


def test_after_stopping_nothing_is_kept(address, as_participant, ada, tuesday):
    ada.withdrawn_at = tuesday
    ada.save()

    assert as_participant.get(address)["Location"] == "/my/"
    assert as_participant.post(address, {"do": "ask"}).status_code == 409
    assert not Seat.objects.exists()


def test_the_facilitator_alone_sees_the_chosen_names_and_ticks_who_came(
    session, ben, sign_in, tuesday, time_passes
):
    somebody_else_has_the_place(session, tuesday)
    before = read(sign_in(ben.user), f"/coach/meetings/{session.pk}/")
    time_passes(days=14)

    listed = sign_in(ben.user)
    seat = Seat.objects.get()
    listed.post(f"/coach/meetings/{session.pk}/", {"came": str(seat.pk)})

    assert "Priya" in before
    assert 'name="came"' not in before
    assert f'value="{seat.pk}" checked' in read(listed, f"/coach/meetings/{session.pk}/")
    assert Seat.objects.get().attended is True


def test_ticks_before_it_begins_are_refused(session, as_coach, tuesday):
    somebody_else_has_the_place(session, tuesday)

    answer = as_coach.post(f"/coach/meetings/{session.pk}/", {"came": str(Seat.objects.get().pk)})

    assert answer.status_code == 409
    assert Seat.objects.get().attended is None


@pytest.mark.parametrize("role", [each for each in Role if each != Role.PARTICIPANT])
def test_no_other_role_finds_the_list_whatever_it_is(session, sign_in, role):
    somebody = sign_in(UserFactory(roles=[role]))

    assert somebody.get(f"/coach/meetings/{session.pk}/").status_code == 404
    assert somebody.post(f"/coach/meetings/{session.pk}/", {"came": "x"}).status_code == 404


def test_a_participant_does_not_find_the_list(session, as_participant):
    assert as_participant.get(f"/coach/meetings/{session.pk}/").status_code == 404


def test_a_manager_sees_figures_and_no_name(session, as_manager, tuesday):
    somebody_else_has_the_place(session, tuesday)

    page = read(as_manager, "/manage/meetings/")

    assert session.title in page
    assert "Priya" not in page


def test_a_manager_of_another_programme_sees_no_figures_of_this_one(session, sign_in, tuesday):
    manager = UserFactory()
    roles.grant(user=manager, role=Role.MANAGER, programme="other", by=None, now=tuesday)

    assert session.title not in read(sign_in(manager), "/manage/meetings/")


def test_an_editor_sees_figures_beside_the_page_and_no_name(page, session, as_editor, tuesday):
    somebody_else_has_the_place(session, tuesday)

    editing = read(as_editor, f"/cms/pages/{page.pk}/edit/")

    assert "1 of 1 places taken, 0 waiting, 0 came" in editing
    assert "Priya" not in editing


def test_a_draft_of_another_date_changes_nothing_until_it_is_published(page, session, tuesday):
    page.starts_at, page.ends_at = page.starts_at + timedelta(days=1), page.ends_at + timedelta(days=1)
    draft = page.save_revision()
    before = LiveSession.objects.get(pk=session.pk).starts_at

    draft.publish()

    assert before == session.starts_at
    assert LiveSession.objects.get(pk=session.pk).starts_at == session.starts_at + timedelta(days=1)


@pytest.mark.parametrize("how", ["taken down", "deleted", "deleted with its programme"])
def test_a_meeting_whose_page_goes_is_called_off_and_people_are_told(
    page, session, steady, ada, tuesday, how
):
    seats.ask(enrolment=ada, session=session.pk, by=ada.participant.user, at=tuesday)

    act = {"taken down": page.unpublish, "deleted": page.delete, "deleted with its programme": steady.delete}
    act[how]()
    outbox.send_due(now=tuesday)

    assert LiveSession.objects.get(pk=session.pk).called_off_at is not None
    assert "does not take place" in mail.outbox[0].body


def test_a_meeting_stands_while_its_page_stands_in_another_language(page, session, steady):
    french = Locale.objects.create(language_code="fr")
    LiveSessionPageFactory(
        parent=steady, slug="a-voix-haute", locale=french, translation_key=page.translation_key
    )

    page.unpublish()

    assert LiveSession.objects.get(pk=session.pk).called_off_at is None


def test_whoever_had_a_place_still_reads_that_it_is_called_off(page, address, as_participant):
    as_participant.post(address, {"do": "ask"})

    page.unpublish()

    assert "Does not take place" in read(as_participant, "/my/")
    assert "It does not take place" in read(as_participant, address)


def test_a_meeting_published_again_stands_again(page, session):
    page.unpublish()

    page.save_revision().publish()

    assert LiveSession.objects.get(pk=session.pk).called_off_at is None


def test_a_preview_shows_the_meeting_and_no_button(page, as_editor):
    answer = page.make_preview_request(as_editor.get("/cms/").wsgi_request)

    assert answer.status_code == 200
    assert page.title in answer.content.decode()
    assert 'name="do"' not in answer.content.decode()
