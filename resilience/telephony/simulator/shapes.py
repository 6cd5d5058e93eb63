"""Records as Twilio's REST API shows them."""

from datetime import datetime
from email.utils import format_datetime
from math import ceil
from typing import Any
from urllib.parse import urlencode

from resilience.telephony.simulator.state import Network, PhoneCall, Place, Room, TextMessage

API = "/2010-04-01"
GSM7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENDED = set("^{}\\[~]|€\f")

CENTS_A_MINUTE = 1.4


def segments(body: str) -> int:
    """How many SMS the text takes: 160 or 153 septets each, 70 or 67 units when any sign is outside GSM-7."""
    if set(body) <= GSM7 | GSM7_EXTENDED:
        length, single, part = (len(body) + sum(sign in GSM7_EXTENDED for sign in body), 160, 153)
    else:
        length, single, part = len(body.encode("utf-16-be")) // 2, 70, 67
    return 1 if length <= single else ceil(length / part)


def date(moment: datetime | None) -> str | None:
    return format_datetime(moment) if moment else None


def message(record: TextMessage, account: str) -> dict[str, Any]:
    uri = f"{API}/Accounts/{account}/Messages/{record.sid}"
    return {
        "account_sid": account,
        "api_version": "2010-04-01",
        "body": record.body,
        "date_created": date(record.created_at),
        "date_sent": date(record.sent_at),
        "date_updated": date(record.updated_at or record.created_at),
        "direction": record.direction,
        "error_code": record.error_code,
        "error_message": f"Error {record.error_code}" if record.error_code else None,
        "from": record.from_ or None,
        "messaging_service_sid": record.service or None,
        "num_media": "0",
        "num_segments": str(segments(record.body)),
        "price": None,
        "price_unit": "USD",
        "sid": record.sid,
        "status": record.status,
        "subresource_uris": {"media": f"{uri}/Media.json", "feedback": f"{uri}/Feedback.json"},
        "to": record.to,
        "uri": f"{uri}.json",
    }


def _price(record: PhoneCall) -> str | None:
    """What the call cost, by the minute that was begun: told once it is over, as a negative number."""
    if record.ended_at is None:
        return None
    return f"-{CENTS_A_MINUTE * -(-(record.seconds or 0) // 60) / 100:.5f}"


def call(record: PhoneCall, account: str) -> dict[str, Any]:
    uri = f"{API}/Accounts/{account}/Calls/{record.sid}"
    parts = ("notifications", "recordings", "payments", "events", "siprec", "streams")
    return {
        "account_sid": account,
        "answered_by": None,
        "api_version": "2010-04-01",
        "caller_name": None,
        "date_created": date(record.created_at),
        "date_updated": date(record.ended_at or record.created_at),
        "direction": record.direction,
        "duration": str(record.seconds) if record.seconds is not None else None,
        "end_time": date(record.ended_at),
        "forwarded_from": None,
        "from": record.from_,
        "from_formatted": record.from_,
        "group_sid": None,
        "parent_call_sid": record.parent or None,
        "phone_number_sid": None,
        "price": _price(record),
        "price_unit": "USD",
        "queue_time": "0",
        "sid": record.sid,
        "start_time": date(record.answered_at),
        "status": record.status,
        "subresource_uris": {part: f"{uri}/{part.title()}.json" for part in parts},
        "to": record.to,
        "to_formatted": record.to,
        "trunk_sid": None,
        "uri": f"{uri}.json",
    }


def room(record: Room, account: str) -> dict[str, Any]:
    uri = f"{API}/Accounts/{account}/Conferences/{record.sid}"
    ended = {"reason_conference_ended": record.reason_ended} if record.reason_ended else {}
    return ended | {
        "account_sid": account,
        "api_version": "2010-04-01",
        "call_sid_ending_conference": record.ended_by,
        "date_created": date(record.created_at),
        "date_updated": date(record.updated_at or record.created_at),
        "friendly_name": record.name,
        "region": "ie1",
        "sid": record.sid,
        "status": record.status,
        "subresource_uris": {
            "participants": f"{uri}/Participants.json",
            "recordings": f"{uri}/Recordings.json",
        },
        "uri": f"{uri}.json",
    }


def participant(place: Place, record: Room, account: str) -> dict[str, Any]:
    return {
        "account_sid": account,
        "call_sid": place.call,
        "call_sid_to_coach": None,
        "coaching": False,
        "conference_sid": record.sid,
        "date_created": date(place.joined_at),
        "date_updated": date(place.joined_at),
        "end_conference_on_exit": place.ends,
        "hold": False,
        "label": place.label or None,
        "muted": False,
        "queue_time": "0",
        "start_conference_on_enter": place.starts,
        "status": "connected",
        "uri": f"{API}/Accounts/{account}/Conferences/{record.sid}/Participants/{place.call}.json",
    }


def page(path: str, key: str, rows: list[dict[str, Any]], query: dict[str, str]) -> dict[str, Any]:
    """One page of a list, in the shape that the client's paging reads."""
    size = min(max(_number(query.get("PageSize"), 50), 1), 1000)
    number = max(_number(query.get("Page"), 0), 0)
    start = number * size
    shown = rows[start : start + size]
    rest = {name: value for name, value in query.items() if name not in ("Page", "PageSize", "PageToken")}

    def address(which: int) -> str:
        return f"{path}?{urlencode({**rest, 'PageSize': size, 'Page': which})}"

    return {
        key: shown,
        "end": start + max(len(shown) - 1, 0),
        "first_page_uri": address(0),
        "next_page_uri": address(number + 1) if len(rows) > start + size else None,
        "page": number,
        "page_size": size,
        "previous_page_uri": address(number - 1) if number else None,
        "start": start,
        "uri": address(number),
    }


def _number(text: str | None, default: int) -> int:
    try:
        return int(text) if text else default
    except ValueError:
        return default


def newest_first(network: Network, shelf: str) -> list[Any]:
    with network.lock:
        return list(reversed(getattr(network, shelf).values()))
