"""Edge cases of texts and calls that have no better place, each under its group's number."""

from datetime import timedelta

import pytest
from django.core import mail

from resilience import queue
from resilience.coaching import booking as bookings
from resilience.coaching import calls, dialling, offers, outcomes
from resilience.coaching.models import Booking, By, Call, CallEvent, CallLeg, Outcome, Status
from resilience.messaging import optouts, reconciling
from resilience.messaging.models import Outgoing
from resilience.ops import schedules
from resilience.participants import contact, numbers_of
from resilience.participants.contact import NotReachable
from tests.factories.coaching import BookingFactory, CoachFactory
from tests.factories.participants import EnrolmentFactory
from tests.resilience.coaching.conftest import ADAS_NUMBER, BENS_NUMBER, HALF_PAST_TWO, words

pytestmark = pytest.mark.django_db
ANOTHER = "+447700900555"


@pytest.fixture
def booked(announced):
    mail.outbox.clear()
    return announced


def subjects():
    return sorted(letter.subject for letter in mail.outbox if letter.to == ["ada@example.org"])


def test_group_24_after_stop_the_booking_stands_the_page_warns_and_start_brings_texts_back(
    line, booked, ada, as_participant, tuesday
):
    replies = len(line.network.messages)
    line.ada.text("STOP")
    warned = words(as_participant.get(f"/calls/{booked.pk}/"))
    line.pass_on(hours=3, minutes=20)
    by_mail = subjects()
    line.ada.text("START")
    line.pass_on(minutes=1)

    booked.refresh_from_db()
    assert booked.status == Status.BOOKED
    assert "text START to 020 7946 0123" in warned
    assert by_mail == ["Your appointment"]
    assert len(line.network.messages) == replies  # the carrier answers STOP; we send nothing
    assert contact.text_number(ada, now=tuesday) == ADAS_NUMBER


def test_group_25_cancel_as_a_word_is_asked_about_by_e_mail_and_the_booking_stands(line, booked):
    line.ada.text("CANCEL")
    line.go_on()

    booked.refresh_from_db()
    [letter] = [each for each in mail.outbox if each.to == ["ada@example.org"]]
    assert booked.status == Status.BOOKED
    assert letter.subject == "A question for you"
    assert f"/calls/{booked.pk}/cancel/" in letter.body
    assert "text START to 020 7946 0123" in letter.body


@pytest.mark.parametrize("said", ["STOP", "CANCEL"])
def test_group_25_without_a_booking_nothing_is_asked(line, ada, tuesday, said):
    line.ada.text(said)
    line.go_on()

    assert subjects() == []


@pytest.mark.parametrize("said", ["cancel please", "Yes", "Can I have another day?"])
def test_group_25_a_sentence_or_yes_changes_no_booking(line, booked, said):
    line.ada.text(said)
    line.go_on()

    booked.refresh_from_db()
    assert (booked.status, booked.version) == (Status.BOOKED, 1)
    assert not optouts.stands(number=ADAS_NUMBER)


def test_group_25_from_a_number_that_two_people_share_nothing_is_cancelled(line, booked, ada):
    other = EnrolmentFactory(participant__phone_index=ada.participant.phone_index)
    BookingFactory(enrolment=other, coach=CoachFactory(), starts_at=HALF_PAST_TWO)
    line.ada.text("C")
    line.go_on()

    assert not Booking.objects.filter(status=Status.CANCELLED).exists()


def test_group_31_a_number_that_nobody_has_is_asked_about_once_while_calls_still_ring(
    line, booked, ada, sign_in, tuesday
):
    line.network.script(ADAS_NUMBER, "text unknown")
    line.pass_on(hours=3, minutes=20)
    line.go_on()
    ada.participant.refresh_from_db()
    page = words(sign_in(ada.participant.user).get("/calls/number/"))

    assert subjects() == ["A question for you", "Your appointment"]
    assert "nobody has the number you gave us" in page
    with pytest.raises(NotReachable, match="in doubt"):
        contact.text_number(ada, now=tuesday)
    assert contact.call_number(ada, now=tuesday) == ADAS_NUMBER


def test_group_31_a_number_that_was_confirmed_is_texted_again(ada, as_participant, tuesday):
    numbers_of.doubt(number_index=ada.participant.phone_index, now=tuesday)
    numbers_of.doubt(number_index=ada.participant.phone_index, now=tuesday)

    answer = as_participant.post("/calls/number/", {"phone": "07700 900123"})

    ada.refresh_from_db()
    assert answer.status_code == 302
    assert contact.text_number(ada, now=tuesday) == ADAS_NUMBER
    assert Outgoing.objects.filter(kind="number_doubted").count() == 1


def test_group_31_a_landline_can_be_booked_for_and_is_written_to_by_e_mail(line, book, ada, tuesday):
    numbers_of.put(ada.participant, "020 7946 0555", by=ada.participant.user, now=tuesday)
    mail.outbox.clear()
    book(tuesday)
    line.pass_on(hours=3, minutes=20)
    line.pass_on(hours=1)
    line.answer_and_press(line.ben)

    assert line.network.messages == []
    assert subjects() == ["Your appointment", "Your appointment"]
    assert line.network.handset("+442079460555").state == "RINGING"


def talk(line):
    line.start()
    line.answer_and_press(line.ben)
    line.answer_and_press(line.ada)


def test_group_35_a_coach_who_drops_leaves_a_participant_who_hears_what_to_do_and_both_may_ring_in(
    line, booked
):
    talk(line)
    line.pass_on(minutes=3)
    line.ben.hang_up()
    line.go_on()
    heard = line.ada.said[-1]

    assert heard.startswith("The call has ended. If the line dropped, ring this number.")


def ring_in(line, handset):
    handset.call()
    line.go_on()
    handset.press("1")
    line.go_on()


def test_group_35_both_ring_in_after_the_coach_dropped_and_talk_on(line, booked):
    talk(line)
    line.pass_on(minutes=3)
    line.ben.hang_up()
    line.ada.hang_up()
    line.pass_on(seconds=40)
    ring_in(line, line.ada)
    ring_in(line, line.ben)
    line.pass_on(minutes=10)
    line.ben.hang_up()
    line.go_on()

    call = Call.objects.get()
    assert (call.outcome, round(call.minutes)) == (Outcome.FULFILLED, 13)


def test_group_35_a_dropped_line_is_rung_once_more_and_not_twice(line, booked):
    talk(line)
    line.pass_on(minutes=3)
    line.ada.hang_up()
    line.go_on()
    rings = []
    for seconds in (10, 10, 60, 180):
        line.pass_on(seconds=seconds)
        rings.append(len(line.rings_of(ADAS_NUMBER)))

    assert rings == [1, 2, 2, 2]


def test_group_35_where_both_hang_up_nobody_is_rung_again(line, booked):
    talk(line)
    line.pass_on(minutes=3)
    line.ada.hang_up()
    line.ben.hang_up()
    line.go_on()
    line.pass_on(minutes=5)

    assert len(line.rings_of(ADAS_NUMBER)) == 1
    assert Call.objects.get().outcome == Outcome.FULFILLED


def test_group_38_a_call_ends_with_the_coachs_time_and_leaves_them_free_for_the_next(line, booked):
    talk(line)
    line.pass_on(minutes=41)

    assert (line.ben.state, line.ada.state) == ("IDLE", "IDLE")
    assert Call.objects.get().outcome == Outcome.FULFILLED
    limits = {call.time_limit for call in line.network.calls}
    assert max(limits) <= 42 * 60


def test_group_38_a_talk_that_does_not_end_lets_the_coachs_next_call_ring(line, booked, ben):
    somebody = EnrolmentFactory(participant__phone=ANOTHER)
    after = BookingFactory(coach=ben, enrolment=somebody, starts_at=booked.blocked_until)
    calls.plan(after)
    talk(line)
    line.pass_on(minutes=40)  # their telephone is busy at that very moment
    line.pass_on(minutes=3)
    line.answer_and_press(line.ben)

    assert Call.objects.get(booking=booked).outcome == Outcome.FULFILLED
    assert line.network.handset(ANOTHER).state == "RINGING"


def test_group_40_no_number_stands_in_logs_tasks_rooms_or_addresses(line, booked, caplog, monkeypatch):
    queued, real = [], queue.enqueue
    monkeypatch.setattr(
        queue, "enqueue", lambda *path, **ids: (queued.append((path, ids)), real(*path, **ids))
    )
    caplog.set_level("INFO")
    line.network.fail_next("500", on="Calls")
    now = line.start()
    reconciling.reconcile(now=now)
    line.go_on()
    line.answer_and_press(line.ben)
    line.answer_and_press(line.ada)
    line.pass_on(minutes=41)
    for job in schedules.JOBS:
        queue.enqueue(job.path, on=job.on)
    ours = [record.getMessage() for record in caplog.records]
    addresses = [seen.url for seen in line.network.requests if seen.method != "GET"]
    addresses += [notice.url for notice, _reply in line.network.notices]
    rooms = list(Call.objects.values_list("room", flat=True))
    rows = list(Outgoing.objects.values_list("key", "reason"))

    told = str([ours, queued, addresses, rooms, rows])
    assert Call.objects.get().outcome == Outcome.FULFILLED
    assert [each for each in (ADAS_NUMBER[3:], BENS_NUMBER[3:], ADAS_NUMBER[-6:]) if each in told] == []
    assert {word for word in ("Ada", "Ben") if word in str([ours, queued, addresses, rooms])} == set()


def test_group_39_a_booking_that_is_cancelled_while_the_carrier_takes_the_ring_is_hung_up(
    line, booked, tuesday, monkeypatch
):
    real = dialling.remember

    def cancelled_meanwhile(leg, ref):
        real(leg, ref)
        Booking.objects.update(
            status=Status.CANCELLED, cancelled_at=HALF_PAST_TWO, cancelled_by=By.US, version=2
        )

    monkeypatch.setattr(dialling, "remember", cancelled_meanwhile)
    line.start()

    [ring] = line.rings_of(BENS_NUMBER)
    assert ring.status == "canceled"


def test_group_34_forty_calls_at_once_on_a_line_that_takes_one_a_second_ring_once_each(line, tuesday):
    coaches = [CoachFactory(phone=f"+44207946{number:04d}") for number in range(400, 440)]
    for coach in coaches:
        somebody = EnrolmentFactory(participant__phone=ANOTHER)
        booking = BookingFactory(coach=coach, enrolment=somebody, starts_at=HALF_PAST_TWO)
        dialling.plan(
            booking, side="COACH", due_at=HALF_PAST_TWO, not_after=HALF_PAST_TWO + timedelta(minutes=15)
        )
    line.network.fail_next("429", times=39, on="Calls", retry_after=1)
    line.start()
    for _ in range(40):
        line.pass_on(seconds=1)

    rung = [call.to for call in line.network.calls]
    assert len(rung) == len(set(rung)) == 40
    assert CallLeg.objects.count() == 40


def test_group_41_a_call_that_rings_while_the_token_is_changed_goes_on_and_the_old_token_ends_with_it(
    line, booked, settings
):
    old, new = line.network.auth_token, "another-token"
    line.start()
    settings.TWILIO_AUTH_TOKEN, settings.TWILIO_AUTH_TOKEN_OLD = new, old
    line.network.server.expected = f"{line.network.account_sid}:{new}".encode()
    line.answer_and_press(line.ben)  # its notices bear the old token still
    line.network.caller.auth_token = new
    line.answer_and_press(line.ada)
    joined = set(CallEvent.objects.filter(kind=outcomes.JOINED).values_list("leg__side", flat=True))
    settings.TWILIO_AUTH_TOKEN_OLD = ""
    before = CallEvent.objects.count()
    line.network.caller.auth_token = old
    line.ben.hang_up()
    line.network.settle()

    assert joined == {"COACH", "PARTICIPANT"}
    assert CallEvent.objects.count() == before
    assert line.network.notices[-1][1].status == 403


def test_the_card_of_the_number_that_rings_bears_the_name_that_was_picked_and_nothing_of_ours(as_participant):
    picked = as_participant.get("/calls/number/contact.vcf", {"name": "Appointment"})
    own = as_participant.get(
        "/calls/number/contact.vcf", {"name": "Appointment", "own": "Mum; mobile\r\nX:1"}
    )

    assert picked["Content-Type"] == "text/vcard; charset=utf-8"
    assert picked.content.decode().splitlines()[2:5] == [
        "N:Appointment;;;;", "FN:Appointment", "TEL;TYPE=VOICE:+442079460123",
    ]  # fmt: skip
    assert "FN:Mum\\; mobile X:1" in own.content.decode().splitlines()


def test_a_number_that_cannot_be_rung_stays_on_the_page_with_what_to_do(as_participant, ada):
    answer = as_participant.post("/calls/number/", {"phone": "07700"})

    assert answer.status_code == 422
    assert 'value="07700"' in words(answer)
    ada.participant.refresh_from_db()
    assert ada.participant.phone == ADAS_NUMBER


def test_the_offer_of_calls_still_stands_for_whoever_wants_no_texts(ada, ben, as_participant, tuesday):
    optouts.record(number=ADAS_NUMBER, now=tuesday)

    assert offers.standing(ada, now=tuesday).bookable
    assert "You asked us by text to send no more texts" in words(as_participant.get("/calls/"))
    with pytest.raises(bookings.TooLate):
        bookings._free(ben, tuesday, ada, now=tuesday)
