"""Reports faults to the service that SENTRY_DSN names: what kind, where in the code, and nothing about a person."""

KEPT = {
    "event_id",
    "timestamp",
    "platform",
    "level",
    "logger",
    "transaction",
    "release",
    "environment",
    "sdk",
}
OPTIONS = {  # data about people are off by default; saying so by `send_default_pii` only brings a warning
    "max_request_body_size": "never",
    "include_local_variables": False,
    "max_breadcrumbs": 0,
    "auto_session_tracking": False,
    "server_name": "site",
}


def report_to(dsn: str) -> None:
    """Report faults from now on; nothing where no address is given."""
    if not dsn:
        return
    import sentry_sdk  # an extra

    sentry_sdk.init(dsn=dsn, before_send=without_people, **OPTIONS)


def without_people(event: dict, hint: dict) -> dict | None:
    """Return the event without request, user and words: an exception's message may quote what somebody wrote.

    None, so that nothing is sent, where it is no exception: a mere line of the log is for the operator.
    """
    if "exception" not in event:
        return None
    kept = {key: value for key, value in event.items() if key in KEPT}
    return {**kept, "exception": {"values": [_without_words(each) for each in event["exception"]["values"]]}}


def _without_words(exception: dict) -> dict:
    return {key: value for key, value in exception.items() if key in ("type", "module", "stacktrace")}
