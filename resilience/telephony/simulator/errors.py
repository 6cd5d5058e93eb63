"""Twilio's error answers, and the faults that tests and the demonstration ask for."""

import threading
from dataclasses import dataclass
from typing import Any

MESSAGES = {
    20003: (401, "Authenticate"),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "Internal Server Error"),
    20001: (400, "Unknown parameters"),
    21201: (400, "No 'To' number is specified"),
    21205: (400, "Url is not a valid URL"),
    21211: (400, "Invalid 'To' Phone Number"),
    21213: (400, "'From' phone number is required"),
    21215: (400, "Account not authorized to call this number"),
    21220: (400, "Call is not in-progress. Cannot redirect."),
    21408: (
        400,
        "Permission to send an SMS has not been enabled for the region indicated by the 'To' number",
    ),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number provided is not a valid, message-capable Twilio phone number"),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21614: (400, "'To' number is not a valid mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
}

# What Twilio's own test credentials answer for these numbers.
MAGIC = {"+15005550001": 21211, "+15005550003": 21408, "+15005550004": 21610, "+15005550009": 21614}

KINDS = (
    "429",
    "500",
    "503",
    "500 after",
    "cut",
    "cut after",
    "hang after",
    "200 lost",
    "slow",
    *map(str, MESSAGES),
)


class ApiError(Exception):
    def __init__(self, code: int, *, retry_after: int | None = None) -> None:
        self.code = code
        self.status, self.message = MESSAGES[code]
        self.retry_after = retry_after
        super().__init__(self.message)

    def body(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


@dataclass
class Fault:
    """A failure that is to come.

    Nothing done: "429", "500", "503", "cut". Done, but the answer fails: "500 after", "cut after", "hang after",
    "200 lost" (it cannot be read). Done after two seconds: "slow". Any code of `MESSAGES`: refused with that code.
    """

    kind: str
    on: str = "POST"  # "POST", "GET" or a part of the path such as "Messages"
    times: int | None = 1  # None: until cleared
    retry_after: int | None = None


class Faults:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.coming: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Raises ValueError for a kind that does not exist."""
        if fault.kind not in KINDS:
            raise ValueError(f"no fault is called {fault.kind!r}; there are: {', '.join(KINDS)}")
        with self.lock:
            self.coming.append(fault)

    def clear(self) -> None:
        with self.lock:
            self.coming.clear()

    def take(self, *, method: str, path: str) -> Fault | None:
        """The fault for this request, counted down; None when it shall work."""
        with self.lock:
            for fault in self.coming:
                if fault.on == method or fault.on in path:
                    if fault.times is not None:
                        fault.times -= 1
                        if fault.times <= 0:
                            self.coming.remove(fault)
                    return fault
            return None
