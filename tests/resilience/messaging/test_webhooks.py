"""What anybody may send to the addresses for texts, and what it changes: nothing, unless it is signed and new."""

import pytest
from django.test import Client

from resilience.messaging import optouts, outbox
from resilience.messaging.models import Channel, Delivery, DeliveryState, InboundText, Outgoing
from tests.plugins.telephone import deliver_to

pytestmark = pytest.mark.django_db
NUMBER = "+447700900111"
SID = "SM" + "1" * 32
ARRIVED = "/telephony/sms/"


@pytest.fixture
def delivery(tuesday) -> Delivery:
    """One try at a text, of which the carrier has not told us the name yet."""
    row = Outgoing.objects.create(
        key="one", kind="test", channel=Channel.SMS, due_at=tuesday, not_after=tuesday, state="SENT"
    )
    return outbox.begin(row, now=tuesday)


@pytest.fixture
def send(telephone):
    """Send a notice as the network would: `send(path, signed=False, once="...", MessageStatus="sent")`."""

    def post(path, *, signed=True, auth_token="", once="", **form):
        fields = {"MessageSid": SID, "From": NUMBER, "To": telephone.number, **form}
        notice = telephone.caller.notice(f"http://testserver{path}", fields, auth_token=auth_token)
        headers = {
            **notice.headers,
            "I-Twilio-Idempotency-Token": once or notice.headers["I-Twilio-Idempotency-Token"],
        }
        if not signed:
            headers.pop("X-Twilio-Signature")
        return deliver_to(Client())(notice.url, notice.form, headers).status

    return post


def path(token):
    return f"{ARRIVED}{token}/status/"


def stop(send, **more):
    return send(ARRIVED, SmsStatus="received", Body="STOP", **more)


@pytest.mark.parametrize("how", [{"signed": False}, {"auth_token": "nonsense"}], ids=["unsigned", "forged"])
def test_group_23_a_text_that_the_carrier_did_not_sign_is_refused_and_changes_nothing(send, how):
    assert stop(send, **how) == 403

    assert not optouts.stands(number=NUMBER)
    assert not InboundText.objects.exists()


@pytest.mark.parametrize("how", [{"signed": False}, {"auth_token": "nonsense"}], ids=["unsigned", "forged"])
def test_group_23_news_of_a_text_that_the_carrier_did_not_sign_is_refused_and_changes_nothing(
    send, delivery, how
):
    assert send(path(delivery.token), MessageStatus="delivered", **how) == 403

    assert Delivery.objects.get().state == DeliveryState.STARTED


@pytest.mark.parametrize("address", [ARRIVED, path("token")])
def test_a_get_is_not_offered(client, address):
    assert client.get(address).status_code == 405


@pytest.mark.parametrize("once", ["", "the-same-token"])
def test_group_23_a_repeated_text_is_204_without_effect(send, once):
    first = stop(send, once=once)
    optouts.end(number=NUMBER, now=InboundText.objects.get().arrived_at)

    second = stop(send, once=once)

    assert (first, second) == (204, 204)
    assert not optouts.stands(number=NUMBER)


def test_group_23_news_of_a_text_that_nobody_knows_is_204(send):
    assert send(path("nobody"), MessageStatus="delivered") == 204


def test_group_23_news_out_of_order_or_repeated_leaves_the_last_word(send, delivery):
    answers = [
        send(path(delivery.token), MessageStatus=status) for status in ("delivered", "sent", "delivered")
    ]

    assert answers == [204, 204, 204]
    assert Delivery.objects.get().state == DeliveryState.DELIVERED


@pytest.mark.postgres_too
@pytest.mark.parametrize("name", ["SM" + "1" * 400, "SMé", ""], ids=["too long", "not theirs", "none"])
def test_group_23_a_name_that_cannot_be_kept_is_204_and_changes_nothing(send, delivery, name):
    answers = [stop(send, MessageSid=name), send(path(delivery.token), MessageStatus="sent", MessageSid=name)]

    assert answers == [204, 204]
    assert not InboundText.objects.exists()
    assert Delivery.objects.get().state == DeliveryState.STARTED
