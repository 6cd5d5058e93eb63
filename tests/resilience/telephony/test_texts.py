"""Text messages as the simulated network carries them, seen through the port."""

import pytest

from resilience.telephony import gateway, twilio
from resilience.telephony.gateway import Reason, TextState, Wish
from resilience.telephony.simulator import shapes
from tests.resilience.telephony.conftest import PARTICIPANT, account_of, send


def test_a_text_arrives_and_each_step_is_told(network, application, text):
    message = send(text)
    network.settle()

    assert network.handset(PARTICIPANT).messages == ["Appointment tomorrow 14:00."]
    assert [event.state for event in application.events] == [
        TextState.WAITING,
        TextState.SENT,
        TextState.DELIVERED,
    ]
    assert text.look_up(message).state is TextState.DELIVERED


@pytest.mark.parametrize(
    ("scenario", "reason"),
    [
        ("text unreachable", Reason.UNREACHABLE),
        ("text unknown", Reason.NUMBER),
        ("text landline", Reason.NOT_MOBILE),
    ],
)
def test_a_text_that_does_not_arrive_says_why(network, application, text, scenario, reason):
    network.script(PARTICIPANT, scenario)

    message = send(text)
    network.settle()

    assert (application.events[-1].state, application.events[-1].reason) == (TextState.UNDELIVERED, reason)
    assert text.look_up(message).reason is reason
    assert network.handset(PARTICIPANT).messages == []


@pytest.mark.parametrize(
    ("to", "body", "reason"),
    [
        ("+4477", "Hello", Reason.NUMBER),
        ("07700900102", "Hello", Reason.NUMBER),
        ("garbage", "Hello", Reason.NUMBER),
        ("", "Hello", Reason.NUMBER),
        ("+442079460999", "Hello", Reason.NOT_MOBILE),
        ("+33612345678", "Hello", Reason.CONFIGURATION),
        (PARTICIPANT, "", Reason.MESSAGE),
        (PARTICIPANT, "x" * 1601, Reason.MESSAGE),
    ],
)
def test_a_text_that_cannot_be_sent_is_refused_with_the_reason(network, text, to, body, reason):
    with pytest.raises(gateway.Refused) as raised:
        send(text, to=to, body=body)

    assert raised.value.reason is reason
    assert network.messages == []


@pytest.mark.parametrize("word", ["STOP", "stop", " Cancel ", "END", "QUIT", "OPTOUT"])
def test_a_stop_word_ends_texts_and_the_network_answers_by_itself(network, application, text, word):
    network.handset(PARTICIPANT).text(word)

    with pytest.raises(gateway.Refused) as raised:
        send(text)

    assert raised.value.reason is Reason.OPTED_OUT
    assert application.events[-1].wish is Wish.STOP
    assert "unsubscribed" in network.handset(PARTICIPANT).messages[-1]


def test_a_start_word_lets_texts_through_again(network, application, text):
    network.handset(PARTICIPANT).text("STOP")

    network.handset(PARTICIPANT).text("START")

    assert application.events[-1].wish is Wish.START
    assert send(text)


def test_a_sentence_with_a_stop_word_is_only_a_message(network, application, text):
    network.handset(PARTICIPANT).text("please stop texting")

    assert (application.events[-1].wish, application.events[-1].body) == (None, "please stop texting")
    assert send(text)


def test_wrong_credentials_are_refused(network):
    with pytest.raises(gateway.Refused) as raised:
        send(twilio.Text(account_of(network, auth_token="wrong")))

    assert raised.value.reason is Reason.ACCOUNT


def test_three_times_too_many_and_then_it_works(network, text):
    network.fail_next("429", times=3, retry_after=2)
    seen = []
    for _ in range(4):
        try:
            seen.append(send(text))
        except gateway.TryLater as later:
            seen.append(later.retry_after.total_seconds())

    assert seen[:3] == [2, 2, 2]
    assert len(network.messages) == 1


def test_an_outage_lasts_until_it_is_over(network, text):
    network.fail_next("503", times=None)
    for _ in range(3):
        with pytest.raises(gateway.Unknown):
            send(text)

    network.recover()

    assert send(text)
    assert len(network.messages) == 1


@pytest.mark.parametrize(
    ("body", "segments"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("’" + "a" * 69, 1),
        ("’" + "a" * 149, 3),
        ("ŵ" * 70, 1),
    ],
)
def test_segments_are_counted_as_carriers_do(body, segments):
    assert shapes.segments(body) == segments
