"""Stopping in one step: calls are cancelled, messages cease, and deleting leaves nothing that names the person."""

import re
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.test import Client

from resilience.accounts import drafting
from resilience.accounts.models import Draft, User
from resilience.coaching.models import Booking, Status
from resilience.engagement.models import Entry
from resilience.journeys import joining, quiet, withdrawing
from resilience.measures import responses, timepoints, when_told
from resilience.measures.models import Occasion, Response
from resilience.messaging import outbox, reconciling
from resilience.messaging.models import Channel, Outgoing, State
from resilience.participants import about_you, contact, reasons
from resilience.participants.models import Enrolment, Participant, Purpose, Reason, Stage, Withdrawal
from resilience.privacy import keys
from tests.factories.measures import TimepointFactory

pytestmark = pytest.mark.django_db
STOP, DELETE = Withdrawal.Choice.STOP_CONTACT, Withdrawal.Choice.DELETE
KEEP = Withdrawal.Choice.DELETE_KEEP


def booked(enrolment: Enrolment, coach, *, at: datetime) -> Booking:
    return Booking.objects.create(
        coach=coach, enrolment=enrolment, participant=enrolment.participant, starts_at=at,
        ends_at=at + timedelta(minutes=30), blocked_until=at + timedelta(minutes=40), status=Status.BOOKED,
        time_zone="Europe/London", local_start="2026-11-10T10:00", made_at=at - timedelta(days=7),
    )  # fmt: skip


def stop(browser: Client, choice: str = STOP) -> object:
    return browser.post("/my/data/", {"choice": choice})


def test_the_page_lists_what_is_held(as_participant, ada):
    page = as_participant.get("/my/data/").content.decode()

    assert "ada@example.org" in page
    assert "1 of 5 answered" in page


def test_one_step_stops_everything(as_participant, ada, ben, tuesday):
    call = booked(ada, ben, at=tuesday + timedelta(days=7))

    answer = stop(as_participant)

    ada.refresh_from_db()
    call.refresh_from_db()
    assert answer.url == "/my/data/stopped/"
    assert as_participant.get(answer.url).status_code == 200
    assert (ada.withdrawn_at, call.status) == (tuesday, Status.CANCELLED)
    for reach in (contact.email, contact.text_number, contact.call_number):
        with pytest.raises(contact.NotReachable):
            reach(ada, now=tuesday)


def test_a_call_that_was_held_stays_as_it_was(ada, ben, tuesday):
    held = booked(ada, ben, at=tuesday - timedelta(days=1))

    withdrawing.withdraw(enrolment=ada, choice=STOP, by=ada.participant.user, now=tuesday)

    held.refresh_from_db()
    assert held.status == Status.BOOKED


def test_messages_that_wait_are_skipped(ada, tuesday):
    outbox.plan(
        key="x", kind="page_ready", channel=Channel.EMAIL, recipient=ada.participant.user, target_id=ada.pk,
        due_at=tuesday, not_after=tuesday + timedelta(days=1),
    )  # fmt: skip

    withdrawing.withdraw(enrolment=ada, choice=STOP, by=ada.participant.user, now=tuesday)

    assert Outgoing.objects.get(key="x").state == State.SKIPPED


def test_stopping_twice_is_stopping_once(as_participant, ada):
    stop(as_participant)

    assert stop(as_participant).status_code == 422
    assert Withdrawal.objects.count() == 1


@pytest.mark.parametrize(
    ("page", "posted"),
    [
        ("/my/consent/", {"purpose": "CALLS", "given": "no"}),
        ("/my/reach/", {"chosen_name": "Too late"}),
        ("/join/about-you/", {"chosen_name": "Too late"}),
        ("/join/readiness/?way", {"way": "START"}),
    ],
)
def test_a_page_kept_open_is_answered_in_words_and_stores_nothing(as_participant, ada, page, posted):
    stop(as_participant)
    before = list(ada.consents.values_list("pk"))

    answer = as_participant.post(page, posted)

    assert answer.status_code == 409
    assert "You have stopped taking part" in answer.content.decode()
    ada.participant.refresh_from_db()
    assert ada.participant.chosen_name == "Ada"
    assert list(ada.consents.values_list("pk")) == before


def test_the_page_after_not_now_promises_no_message_once_somebody_has_stopped(as_participant, ada):
    type(ada).objects.filter(pk=ada.pk).update(readiness="NOT_NOW", ask_again_on="2026-11-20")
    stop(as_participant)

    page = as_participant.get("/join/later/").content.decode()

    assert "You have stopped taking part" in page
    assert "We write once" not in page


def test_a_number_that_a_booked_call_needs_is_not_taken_away(as_participant, ada, ben, tuesday):
    ada.participant.phone = "+447700900123"
    ada.participant.save()
    booked(ada, ben, at=tuesday + timedelta(days=7))

    refused = as_participant.post("/my/reach/", {"chosen_name": "Grace", "phone": ""})
    changed = as_participant.post("/my/reach/", {"chosen_name": "Grace", "phone": "07700 900456"})

    ada.participant.refresh_from_db()
    assert (refused.status_code, changed.status_code) == (422, 302)
    assert "You have a call booked" in refused.content.decode()
    assert 'value="Grace"' in refused.content.decode()
    assert ada.participant.phone == "+447700900456"


def test_deleting_leaves_no_row_that_names_the_person(as_participant, ada, ben, tuesday):
    user, participant, study_id = ada.participant.user, ada.participant, ada.respondent_id
    marks = {str(mark).replace("-", "") for mark in (user.pk, participant.pk, ada.pk)} | {user.email}
    timepoint = TimepointFactory(asks=["who5"])
    occasion = Occasion.objects.create(
        respondent=ada.respondent, timepoint=timepoint, instrument="who5", due_at=tuesday,
        closes_at=tuesday + timedelta(days=7),
    )  # fmt: skip
    first = Response.objects.create(
        respondent=ada.respondent,
        occasion=occasion,
        instrument="who5",
        version="1",
        answers={},
        submitted_at=tuesday,
    )
    Response.objects.create(
        respondent=ada.respondent,
        instrument="who5",
        version="1",
        answers={},
        submitted_at=tuesday,
        corrects=first,
    )
    Entry.objects.create(
        enrolment=ada,
        page=user.pk,
        exercise="x",
        kind="text",
        fields="words",
        started_at=tuesday,
        saved_at=tuesday,
    )
    booked(ada, ben, at=tuesday + timedelta(days=7))

    answer = stop(as_participant, DELETE)

    assert answer.url == "/data-deleted/"
    assert "Your data are deleted" in as_participant.get(answer.url).content.decode()
    assert as_participant.get("/my/data/").url == "/accounts/login/?next=/my/data/"
    assert not Response.objects.exists()
    left = ada.respondent.__class__.objects.get(pk=study_id)
    assert (left.profession, left.erased_at) == ("", tuesday)
    assert list(_rows_with(marks)) == []


def _rows_with(marks: set[str]):
    """Yield each stored row, the trail apart, in which one of the marks can be read."""
    for model in apps.get_models():
        if model._meta.label in {"audit.AuditEvent", "sessions.Session"}:
            continue
        for row in model.objects.values_list():
            text = " ".join(str(value).replace("-", "") for value in row)
            if any(mark in text for mark in marks):
                yield model._meta.label, row


def test_deleting_destroys_the_key(ada, tuesday):
    key_id = ada.participant.user.data_key_id

    withdrawing.withdraw(enrolment=ada, choice=DELETE, by=ada.participant.user, now=tuesday)

    with pytest.raises(keys.Destroyed):
        keys.open_key(key_id)


def test_somebody_who_stopped_may_delete_later(as_participant, ada):
    stop(as_participant)
    assert "STOP_CONTACT" not in as_participant.get("/my/data/").content.decode()

    assert stop(as_participant, DELETE).url == "/data-deleted/"
    assert not Participant.objects.exists()


def test_a_coach_who_took_part_keeps_the_sign_in_of_the_work(ben, tuesday):
    from tests.factories.participants import EnrolmentFactory

    enrolment = EnrolmentFactory(participant__user=ben.user)

    withdrawing.withdraw(enrolment=enrolment, choice=DELETE, by=ben.user, now=tuesday)

    ben.refresh_from_db()
    assert ben.phone == "+442079460111"
    assert User.objects.get(pk=ben.user.pk).roles == {"COACH"}
    assert not Participant.objects.exists()


def test_a_page_kept_open_after_deleting_says_so_and_stores_nothing(as_participant, ada, rf):
    request = rf.get("/my/reach/")
    request.user = ada.participant.user
    word = drafting.token(request)
    stop(as_participant, DELETE)

    answer = as_participant.post("/my/reach/", {"chosen_name": "Too late", "draft_token": word})

    assert answer.status_code == 410
    assert "Your data were deleted" in answer.content.decode()
    assert not Draft.objects.exists()


def test_taking_back_calls_cancels_those_to_come(as_participant, ada, ben, tuesday):
    call = booked(ada, ben, at=tuesday + timedelta(days=7))

    answer = as_participant.post("/my/consent/", {"purpose": "CALLS", "given": "no"}, follow=True)

    call.refresh_from_db()
    assert call.status == Status.CANCELLED
    assert "We have cancelled the call" in answer.content.decode()
    assert ada.consents.filter(purpose=Purpose.CALLS).order_by("at").last().given is False


def test_consent_to_taking_part_is_taken_back_by_stopping(as_participant, ada):
    before = ada.consents.count()

    answer = as_participant.post("/my/consent/", {"purpose": "TAKE_PART", "given": "no"})

    assert answer.status_code == 422
    assert "To stop taking part, go to" in answer.content.decode()
    assert ada.consents.count() == before


def test_the_same_answers_again_write_no_new_record(as_participant, ada):
    before = ada.consents.count()

    as_participant.post("/my/consent/", {"purpose": "CALLS", "given": "yes"})

    assert ada.consents.count() == before


def test_who_has_erased_is_in_the_trail(ada, tuesday):
    from resilience.audit.models import AuditEvent

    withdrawing.withdraw(enrolment=ada, choice=DELETE, by=ada.participant.user, now=tuesday)

    assert set(AuditEvent.objects.values_list("event", flat=True)) >= {"withdrawn", "erased"}


def test_one_press_is_enough_to_stop(as_participant):
    page = as_participant.get("/my/data/").content.decode()

    assert re.search(r'value="STOP_CONTACT"[^>]*checked', page)
    assert not re.search(r'name="reason"[^>]*checked', page)


def test_what_each_choice_does_and_what_cannot_be_called_back_is_said(as_participant):
    page = as_participant.get("/my/data/").content.decode()

    assert "What each choice does" in page
    assert "Totals that were already published cannot be called back, whatever you choose." in page


MAIL_ABOUT_THEM = [*when_told.KINDS, joining.ASK_AGAIN, quiet.COMING_BACK]


def claimed(ada, kind: str, tuesday) -> Outgoing:
    """A row that a worker has already claimed when the person stops."""
    key = f"{kind}:{ada.pk}:t1"
    outbox.plan(
        key=key, kind=kind, channel=Channel.EMAIL, recipient=ada.participant.user, target_id=ada.pk,
        due_at=tuesday, not_after=tuesday + timedelta(days=1), version=1,
    )  # fmt: skip
    Outgoing.objects.filter(key=key).update(state=State.SENDING, claimed_at=tuesday, attempts=1)
    return Outgoing.objects.get(key=key)


@pytest.mark.parametrize("kind", MAIL_ABOUT_THEM)
@pytest.mark.parametrize("choice", [STOP, DELETE, KEEP])
def test_what_a_worker_had_claimed_when_they_stopped_is_not_sent(ada, tuesday, mailoutbox, kind, choice):
    claimed(ada, kind, tuesday)
    withdrawing.withdraw(enrolment=ada, choice=choice, by=ada.participant.user, now=tuesday)

    for minutes in (6, 7, 8):  # the worker died with it: it is looked up, comes back, and is asked again
        now = tuesday + timedelta(minutes=minutes)
        reconciling.reconcile(now=now)
        outbox.send_due(now=now)

    assert mailoutbox == []
    assert not Outgoing.objects.filter(kind=kind, state__in=[State.SENT, State.DUE, State.SENDING]).exists()


def test_while_they_take_part_such_a_row_is_sent(ada, tuesday, mailoutbox):
    TimepointFactory(asks=["who5"])
    timepoints.refresh(enrolment=ada, now=tuesday)
    claimed(ada, when_told.READY, tuesday)

    for minutes in (6, 7, 8):
        now = tuesday + timedelta(minutes=minutes)
        reconciling.reconcile(now=now)
        outbox.send_due(now=now)

    assert len(mailoutbox) == 1


def test_stopping_with_a_call_booked_tells_the_coach_and_writes_to_them_no_more(
    ada, ben, tuesday, mailoutbox
):
    booked(ada, ben, at=tuesday + timedelta(days=7))

    withdrawing.withdraw(enrolment=ada, choice=STOP, by=ada.participant.user, now=tuesday)
    outbox.send_due(now=tuesday)

    assert [each.to for each in mailoutbox] == [["ben@example.org"]]


def test_after_stopping_no_question_falls_due(ada, tuesday):
    TimepointFactory(asks=["who5"])
    withdrawing.withdraw(enrolment=ada, choice=STOP, by=ada.participant.user, now=tuesday)

    assert timepoints.refresh(enrolment=ada, now=tuesday) == 0
    assert timepoints.refresh_all(now=tuesday) == 0


def test_stopping_keeps_answers_entries_and_scores_for_them_to_read(ada, tuesday):
    TimepointFactory(asks=["who5"])
    timepoints.refresh(enrolment=ada, now=tuesday)
    responses.submit(occasion=ada.respondent.occasions.get(), answers={"1": 3}, at=tuesday)

    withdrawing.withdraw(enrolment=ada, choice=STOP, by=ada.participant.user, now=tuesday)

    assert Response.objects.get().scores.count() == 1
    assert Enrolment.objects.get(pk=ada.pk).respondent.profession == "nurse"


@pytest.mark.parametrize(("choice", "stays"), [(DELETE, False), (KEEP, True)])
def test_both_ways_of_deleting_leave_no_answer_and_note_what_may_stay(ada, tuesday, choice, stays):
    TimepointFactory(asks=["who5"])
    timepoints.refresh(enrolment=ada, now=tuesday)
    responses.submit(occasion=ada.respondent.occasions.get(), answers={"1": 3}, at=tuesday)
    respondent = ada.respondent
    type(respondent).objects.filter(pk=respondent.pk).update(
        ethnicity="white", disability="no", age_band="25_34"
    )

    withdrawing.withdraw(enrolment=ada, choice=choice, by=ada.participant.user, now=tuesday)

    respondent.refresh_from_db()
    assert not Response.objects.exists()
    assert set(about_you.described(respondent).values()) == {""}
    assert (respondent.erased_at, respondent.stays_in_published) == (tuesday, stays)


def test_the_reason_for_stopping_is_optional_and_one_code(as_participant, ada):
    answer = as_participant.post("/my/data/", {"choice": STOP, "reason": "WORN_OUT"}, follow=True)

    assert reasons.said(ada, Stage.STOPPED) == "WORN_OUT"
    assert "Would you tell us why?" not in answer.content.decode()


def test_left_out_it_may_still_be_said_on_the_next_page(as_participant, ada):
    page = stop(as_participant)

    assert "Would you tell us why?" in as_participant.get(page.url).content.decode()
    as_participant.post("/my/why/", {"stage": "STOPPED", "code": "HAVE_ENOUGH"})
    assert reasons.said(ada, Stage.STOPPED) == "HAVE_ENOUGH"


@pytest.mark.parametrize("choice", [DELETE, KEEP])
def test_the_reason_of_somebody_who_deletes_is_counted_beside_nobody(as_participant, ada, tuesday, choice):
    reasons.give(enrolment=ada, stage=Stage.NOT_NOW, code="NO_TIME", now=tuesday)

    as_participant.post("/my/data/", {"choice": choice, "reason": "PRIVACY"})

    said = Reason.objects.get()
    assert (said.enrolment_id, said.about, said.code) == (None, "", "PRIVACY")


def test_deleting_deletes_in_each_programme_and_the_page_says_so(as_participant, ada, tuesday):
    from tests.factories.participants import CohortFactory, EnrolmentFactory, ProgrammeFactory

    programme = ProgrammeFactory(slug="second", public_name="Second Wind")
    EnrolmentFactory(participant=ada.participant, cohort=CohortFactory(programme=programme))

    page = as_participant.get("/my/data/?programme=steady").content.decode()
    as_participant.post("/my/data/?programme=steady", {"choice": DELETE})

    assert "Deleting is for everything you have here, in each programme." in page
    assert not Enrolment.objects.exists()


def test_the_page_about_hours_stays_until_the_data_are_deleted(as_participant, ada):
    before = as_participant.get("/my/certificate/").status_code
    stop(as_participant)
    stopped = as_participant.get("/my/certificate/").status_code
    stop(as_participant, DELETE)

    assert (before, stopped, as_participant.get("/my/certificate/").status_code) == (200, 200, 302)
