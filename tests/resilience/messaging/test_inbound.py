"""Texts that come in, and what stands for ever after STOP."""

import pytest

from resilience.messaging import inbound, optouts
from resilience.messaging.models import OptOut
from resilience.telephony import gateway

NUMBER = "+447700900111"


def text(body, wish=None):
    return gateway.TextArrived(message=gateway.MessageRef("SM1"), sender=NUMBER, body=body, wish=wish)


@pytest.mark.parametrize(
    "came", [text("STOP", gateway.Wish.STOP), text("CANCEL", gateway.Wish.STOP), text("please stop texting me")],
    ids=["STOP", "a word that the carrier takes as STOP", "in a sentence"],
)  # fmt: skip
def test_whoever_asks_to_stop_is_opted_out_until_they_ask_again(db, tuesday, came):
    inbound.receive(came, now=tuesday)
    assert optouts.stands(number=NUMBER)

    inbound.receive(text("START", gateway.Wish.START), now=tuesday)
    assert not optouts.stands(number=NUMBER)


def test_stop_twice_is_one_opt_out_and_the_number_itself_is_not_kept(db, tuesday):
    inbound.receive(text("STOP", gateway.Wish.STOP), now=tuesday)
    inbound.receive(text("STOP", gateway.Wish.STOP), now=tuesday)

    assert OptOut.objects.count() == 1
    assert NUMBER not in str(OptOut.objects.values().get())


def test_a_reply_goes_to_whoever_knows_what_it_means(db, tuesday, monkeypatch):
    heard = []
    monkeypatch.setattr(inbound, "_listeners", [lambda **told: heard.append(told["word"]) or True])

    inbound.receive(text(" c. "), now=tuesday)

    assert heard == ["C"]


def test_words_that_merely_contain_stop_are_no_opt_out(db, tuesday):
    inbound.receive(text("I could not stop at the ward in time to ring you, so another day then"), now=tuesday)

    assert not optouts.stands(number=NUMBER)
