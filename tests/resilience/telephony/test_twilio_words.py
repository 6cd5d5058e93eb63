import pytest

from resilience.telephony import gateway, twilio_words
from resilience.telephony.gateway import Reason


@pytest.mark.parametrize(
    "status", ["queued", "ringing", "in-progress", "completed", "busy", "no-answer", "failed"]
)
def test_a_status_callback_is_the_state_of_a_leg(status):
    form = {
        "CallSid": "CA1",
        "CallStatus": status,
        "CallbackSource": "call-progress-events",
        "SequenceNumber": "2",
    }

    event = twilio_words.call_event(form, once="")

    assert (event.call, event.order, event.state) == ("CA1", 2, twilio_words.CALL_STATES[status])


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"CallSid": "CA1"},
        {"CallSid": "CA1", "CallStatus": "new word"},
        {"CallStatus": "ringing"},
        {"StatusCallbackEvent": "participant-mute", "ConferenceSid": "CF1"},
    ],
)
def test_a_call_notice_that_we_do_not_know_changes_nothing(form):
    assert isinstance(twilio_words.call_event(form, once=""), gateway.NotUnderstood)


@pytest.mark.parametrize(
    "form", [{}, {"MessageSid": "SM1"}, {"MessageSid": "SM1", "MessageStatus": "new word"}]
)
def test_a_message_notice_that_we_do_not_know_changes_nothing(form):
    assert isinstance(twilio_words.text_event(form, once=""), gateway.NotUnderstood)


@pytest.mark.parametrize(
    ("body", "wish"),
    [
        ("STOP", gateway.Wish.STOP),
        (" cancel ", gateway.Wish.STOP),
        ("Yes", gateway.Wish.START),
        ("help", gateway.Wish.HELP),
        ("STOP PLEASE", None),
        ("C", None),
        ("", None),
    ],
)
def test_only_single_words_are_wishes_that_the_network_has_granted(body, wish):
    form = {"MessageSid": "SM1", "SmsStatus": "received", "Body": body}

    assert twilio_words.text_event(form, once="").wish is wish


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("30003", Reason.UNREACHABLE),
        ("30005", Reason.NUMBER),
        ("30006", Reason.NOT_MOBILE),
        ("30007", Reason.FILTERED),
        ("30032", Reason.FILTERED),
        ("30034", Reason.FILTERED),
        ("99999", Reason.CONFIGURATION),
    ],
)
def test_a_text_that_did_not_arrive_says_why(code, reason):
    form = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": code}

    event = twilio_words.text_event(form, once="")

    assert (event.state, event.reason) == (gateway.TextState.UNDELIVERED, reason)


def test_states_of_a_text_have_an_order_in_which_the_last_ones_are_equal():
    ranks = [state.rank for state in gateway.TextState]

    assert ranks == [0, 1, 9, 9, 9, 9]
