"""Texts that come in, and what stands for ever after STOP."""

from datetime import timedelta
from itertools import count

import pytest

from resilience.messaging import inbound, letting_go, optouts
from resilience.messaging.models import InboundText, OptOut
from resilience.telephony import gateway

NUMBER = "+447700900111"
NAMES = count(1)


def text(body, wish=None, *, message="", once=""):
    name = gateway.MessageRef(message or f"SM{next(NAMES)}")
    return gateway.TextArrived(message=name, sender=NUMBER, body=body, wish=wish, once=once)


@pytest.mark.parametrize(
    "came", [text("STOP", gateway.Wish.STOP), text("CANCEL", gateway.Wish.STOP), text("please stop texting me")],
    ids=["STOP", "a word that the carrier takes as STOP", "in a sentence"],
)  # fmt: skip
def test_group_24_whoever_asks_to_stop_is_opted_out_until_they_ask_again(db, tuesday, came):
    inbound.receive(came, now=tuesday)
    assert optouts.stands(number=NUMBER)

    inbound.receive(text("START", gateway.Wish.START), now=tuesday)
    assert not optouts.stands(number=NUMBER)


def test_group_24_stop_twice_is_one_opt_out_and_the_number_itself_is_not_kept(db, tuesday):
    inbound.receive(text("STOP", gateway.Wish.STOP), now=tuesday)
    inbound.receive(text("STOP", gateway.Wish.STOP), now=tuesday)

    assert OptOut.objects.count() == 1
    assert NUMBER not in str(OptOut.objects.values().get())


def test_group_25_a_reply_goes_to_whoever_knows_what_it_means(db, tuesday, monkeypatch):
    heard = []
    monkeypatch.setattr(inbound, "_listeners", [lambda **told: heard.append(told["word"]) or True])

    inbound.receive(text(" c. "), now=tuesday)

    assert heard == ["C"]


def test_group_25_words_that_merely_contain_stop_are_no_opt_out(db, tuesday):
    inbound.receive(
        text("I could not stop at the ward in time to ring you, so another day then"), now=tuesday
    )

    assert not optouts.stands(number=NUMBER)


def test_group_24_a_start_that_is_repeated_does_not_undo_a_newer_stop(db, tuesday):
    start = text("START", gateway.Wish.START)
    inbound.receive(start, now=tuesday)
    inbound.receive(text("STOP", gateway.Wish.STOP), now=tuesday)

    assert not inbound.receive(start, now=tuesday)
    assert optouts.stands(number=NUMBER)


@pytest.mark.parametrize(
    ("first", "second", "fresh"),
    [
        ({"message": "SM8", "once": "a"}, {"message": "SM8", "once": "b"}, False),
        ({"message": "SM8", "once": "a"}, {"message": "SM9", "once": "a"}, False),
        ({"message": "SM8"}, {"message": "SM9"}, True),
        ({"message": "SM8", "once": "x" * 65}, {"message": "SM9", "once": "x" * 65}, True),
    ],
    ids=["the same text", "the same notice", "no token", "a token that cannot be kept"],
)
def test_a_text_is_new_where_neither_it_nor_its_notice_came_before(db, tuesday, first, second, fresh):
    inbound.receive(text("1", **first), now=tuesday)

    assert inbound.receive(text("1", **second), now=tuesday) is fresh


def test_a_text_that_could_not_be_heeded_may_come_again(db, tuesday, monkeypatch):
    def fails(**told):
        raise RuntimeError

    monkeypatch.setattr(inbound, "_listeners", [fails])
    with pytest.raises(RuntimeError):
        inbound.receive(text("C", message="SM8"), now=tuesday)

    monkeypatch.setattr(inbound, "_listeners", [lambda **told: True])
    assert inbound.receive(text("C", message="SM8"), now=tuesday)


def test_names_of_texts_are_kept_for_thirty_days(db, tuesday):
    inbound.receive(text("1"), now=tuesday)
    kept = []

    for days in (29, 31):
        letting_go.let_go(now=tuesday + timedelta(days=days))
        kept.append(InboundText.objects.count())

    assert kept == [1, 0]
