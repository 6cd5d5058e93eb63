"""A fault that is reported elsewhere says what kind and where, and nothing about a person."""

import json
import logging

import sentry_sdk
from sentry_sdk.transport import Transport

from resilience.settings import faults


class Kept(Transport):
    """Keeps what would be sent."""

    def __init__(self, options: dict | None = None) -> None:
        super().__init__(options)
        self.sent = []

    def capture_envelope(self, envelope: object) -> None:
        self.sent += [item.payload.json for item in envelope.items]


def reported(raise_it) -> str:
    """Return what would leave this machine."""
    transport = Kept()
    client = sentry_sdk.Client(
        dsn="https://key@reports.example.org/1", transport=transport, before_send=faults.without_people,
        default_integrations=False, **faults.OPTIONS,
    )  # fmt: skip
    with sentry_sdk.new_scope() as scope:
        scope.set_client(client)
        scope.set_user({"id": 7, "email": "ada@example.org"})
        scope.add_breadcrumb(message="ada@example.org signed in")
        raise_it(scope)
    return json.dumps(transport.sent)


def test_an_exception_is_reported_by_its_kind_and_place_alone():
    def fail(scope) -> None:
        told = "ada@example.org"
        try:
            raise ValueError(f"of {told}")
        except ValueError as error:
            scope.capture_exception(error)

    sent = reported(fail)

    assert '"type": "ValueError"' in sent
    assert "test_faults.py" in sent
    assert "ada@example.org" not in sent.replace('told = \\"ada@example.org\\"', "")  # this test's own source


def test_a_line_of_the_log_that_is_no_exception_is_not_reported():
    assert reported(lambda scope: scope.capture_message("Failed - ada@example.org", level="error")) == "[]"


def test_nothing_is_reported_where_no_address_is_given():
    faults.report_to("")

    assert not sentry_sdk.get_client().is_active()
    assert logging.getLogger("sentry_sdk").handlers == []
