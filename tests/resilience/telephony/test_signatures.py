"""The table of what a signature must cover; each row is a way in which callbacks were once let in or lost."""

import base64
import hashlib
import hmac

import pytest
from django.http import QueryDict

from resilience.telephony import gateway, twilio
from resilience.telephony.simulator import callbacks

TOKEN, OLD = "12345", "an older token"
FORM = {"MessageSid": "SM1", "SmsStatus": "received", "From": "+447700900102", "Body": "Hello"}
PATH = "/telephony/sms/"
URL = "https://example.org" + PATH


def line(**changes: str) -> twilio.Text:
    fields = {"sid": "AC", "auth_token": TOKEN, "number": "+44", "public_base_url": "https://example.org"}
    return twilio.Text(twilio.Account(**{**fields, **changes}))


def signed(url: str = URL, form: dict = FORM, token: str = TOKEN) -> dict[str, str]:
    return {"X-Twilio-Signature": callbacks.sign(url=url, form=form, auth_token=token)}


def read(text: twilio.Text, *, headers, form=FORM, path: str = PATH, query: str = "") -> gateway.TextEvent:
    return text.read_callback(path=path, query=query, form=form, headers=headers)


def test_the_vendors_published_example_is_signed_alike():
    form = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"

    assert callbacks.sign(url=url, form=form, auth_token=TOKEN) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_a_genuine_callback_is_read():
    event = read(line(), headers=signed())

    assert event == gateway.TextArrived(message="SM1", sender="+447700900102", body="Hello")


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("missing", {}),
        ("empty", {"X-Twilio-Signature": ""}),
        ("None", {"X-Twilio-Signature": None}),
        ("nonsense", {"X-Twilio-Signature": "nonsense"}),
        ("not ASCII", {"X-Twilio-Signature": "ÿþ\udcff"}),
        ("by another token", signed(token="another")),
        ("for http", signed(url=URL.replace("https", "http"))),
        ("for another host", signed(url="https://evil.example" + PATH)),
        ("for the host in capitals", signed(url=URL.replace("example", "EXAMPLE"))),
        ("for another path", signed(url=URL + "token/status/")),
        ("without the last slash", signed(url=URL.rstrip("/"))),
        ("with a query that did not come", signed(url=URL + "?a=1")),
        ("without the body", signed(form={name: FORM[name] for name in FORM if name != "Body"})),
        ("with one field more", signed(form={**FORM, "New": "1"})),
        ("with another body", signed(form={**FORM, "Body": "STOP"})),
        (
            "by an unknown algorithm",
            {**signed(), "X-Twilio-Webhooks-Signature-Settings": "key=k,algorithm=MD5"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_group_23_a_doubtful_signature_is_forged_and_nothing_worse(name, headers):
    with pytest.raises(gateway.Forged):
        read(line(), headers=headers)


@pytest.mark.parametrize("query", ["a=1&b=2", "b=2&a=1", "x=a+b", "x=a%20b", "x=%E2%82%AC"])
def test_the_query_counts_as_it_came(query):
    assert read(line(), query=query, headers=signed(url=f"{URL}?{query}"))


def test_group_23_a_query_in_another_order_is_forged():
    with pytest.raises(gateway.Forged):
        read(line(), query="b=2&a=1", headers=signed(url=f"{URL}?a=1&b=2"))


@pytest.mark.parametrize("port", [":443", ""])
def test_group_23_the_usual_port_may_be_named_or_left_out(port):
    assert read(line(), headers=signed(url=f"https://example.org{port}{PATH}"))


def test_group_23_blank_and_repeated_fields_of_the_request_are_taken_as_they_came():
    form = QueryDict("MessageSid=SM1&SmsStatus=received&From=&Body=&Media=b&Media=a")
    text = URL + "Body" + "From" + "Mediaa" + "Mediab" + "MessageSidSM1" + "SmsStatusreceived"
    signature = base64.b64encode(hmac.new(TOKEN.encode(), text.encode(), hashlib.sha1).digest()).decode()

    assert read(line(), form=form, headers={"X-Twilio-Signature": signature})


def test_group_23_the_newer_algorithm_counts_when_it_is_named():
    text = URL + "".join(name + FORM[name] for name in sorted(FORM))
    signature = base64.b64encode(hmac.new(TOKEN.encode(), text.encode(), hashlib.sha256).digest()).decode()
    named = {
        "X-Twilio-Signature": signature,
        "X-Twilio-Webhooks-Signature-Settings": "key=k,algorithm=HMAC_SHA256",
    }

    assert read(line(), headers=named)
    with pytest.raises(gateway.Forged):
        read(line(), headers={"X-Twilio-Signature": signature})


def test_group_41_both_tokens_count_while_one_is_being_changed():
    changing = line(auth_token="new", old_auth_token=OLD)

    assert read(changing, headers=signed(token="new"))
    assert read(changing, headers=signed(token=OLD))
    with pytest.raises(gateway.Forged):
        read(line(auth_token="new"), headers=signed(token=OLD))


@pytest.mark.parametrize("missing", ["auth_token", "public_base_url"])
def test_group_23_without_a_token_or_an_address_of_our_own_nothing_is_let_in(missing):
    with pytest.raises(gateway.Forged):
        read(line(**{missing: ""}), headers=signed(token=""))


def test_an_empty_old_token_lets_nobody_in():
    with pytest.raises(gateway.Forged):
        read(line(old_auth_token=""), headers=signed(token=""))


def test_the_networks_own_token_of_the_notice_is_kept():
    event = read(line(), headers={**signed(), "I-Twilio-Idempotency-Token": "once"})

    assert event.once == "once"


def test_headers_and_form_of_a_django_request_are_read_as_they_are(rf):
    headers = signed(url="https://example.org/telephony/sms/?x=a+b")
    request = rf.post("/telephony/sms/?x=a+b", FORM, headers=headers)

    event = read(line(), query=request.META["QUERY_STRING"], form=request.POST, headers=request.headers)

    assert event.body == "Hello"
