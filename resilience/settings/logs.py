"""Structured logs: an allowed list of keys, and values cleaned, so that no personal data and no code reaches a line."""

import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import structlog

ALLOWED = {
    "event", "level", "timestamp", "logger", "request_id", "code", "request", "status", "task", "task_id", "queue",
    "outgoing", "booking", "call", "report", "kind", "state", "count", "seconds", "reason", "name", "path", "exc_info",
    "exception",
}  # fmt: skip
WORDS = ("event", "request", "path", "reason", "name")  # what others wrote, or what was asked for


UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
CLEANED = (
    (re.compile(rf"(?<=[/=])(?!{UUID}\b)(?=[\w-]*[A-Z0-9_])[\w-]{{20,}}"), "***"),  # a code, a token
    (re.compile(r"\?\S+"), ""),  # a query
    (re.compile(r"[^\s@(<\"'=,:/]+@[^\s@)>\"',:/]+"), "***"),  # an address
    (
        re.compile(r"(?<![\w.:+-])(?:\+|0|%2B)\d(?:[ ()-]{0,2}\d){8,14}(?![\w:-])"),
        "***",
    ),  # a telephone number
)
FRAME = re.compile(r'File "([^"]+)", line (\d+), in (\S+)')


def cleaned(words: str) -> str:
    """Return the words without codes, queries, addresses and telephone numbers."""
    for found, instead in CLEANED:
        words = found.sub(instead, words)
    return words


def keep_allowed(logger: object, method: str, event: dict) -> dict:
    """Drop each key that is not on the allowed list and clean the words; structlog calls this for each line."""
    kept = {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}
    _without_told_traceback(kept)
    for name in WORDS:
        if isinstance(kept.get(name), str):
            kept[name] = cleaned(kept[name])
    return kept


def _without_told_traceback(event: dict) -> None:
    """Cut the words of an exception that somebody put into the event itself, as the queue does for a failed task."""
    words = str(event.get("event", ""))
    if "Traceback (most recent call last)" in words:
        event["event"] = words.partition("\n")[0].partition(" - ")[0]
        event["exception"] = "\n".join(":".join(frame) for frame in FRAME.findall(words))


def types_and_places(exc_info: tuple[type, BaseException, TracebackType]) -> str:
    """Return what kind of exception it was and where; never its message, which may quote what somebody wrote."""
    return "\n".join(_described(error) for error in _with_causes(exc_info[1]))


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _described(error: BaseException) -> str:
    places = [f"{f.filename}:{f.lineno}:{f.name}" for f in traceback.extract_tb(error.__traceback__)]
    return "\n".join([f"{type(error).__module__}.{type(error).__qualname__}", *places])


SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
    keep_allowed,
]
JSON = {
    "()": structlog.stdlib.ProcessorFormatter,
    "foreign_pre_chain": SHARED,
    "processors": [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.ExceptionRenderer(types_and_places),
        structlog.processors.JSONRenderer(),
    ],
}


def configuration(*, level: str, folder: Path | None = None) -> dict:
    """Return Django's LOGGING: JSON lines to a file in `folder`, or to standard error where none is given.

    On standard error the web server's own lines go the same way, since they may quote an address that was asked for.
    """
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": JSON},
        "handlers": {"lines": _handler(folder)},
        "loggers": {} if folder else {"gunicorn.error": {"handlers": [], "propagate": True}},
        "root": {"handlers": ["lines"], "level": level},
    }


def _handler(folder: Path | None) -> dict:
    if folder is None:
        return {"class": "logging.StreamHandler", "formatter": "json"}
    folder.mkdir(parents=True, exist_ok=True)
    return {"class": "logging.FileHandler", "filename": folder / "resilience.jsonl", "formatter": "json"}
