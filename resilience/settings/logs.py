"""Structured logs: an allowed list of keys, so that no personal data reaches a line."""

import re
from pathlib import Path

import structlog

ALLOWED = {
    "event", "level", "timestamp", "logger", "request_id", "code", "request", "status", "task", "task_id", "queue",
    "outgoing", "booking", "call", "report", "kind", "state", "count", "seconds", "reason", "name", "path", "exc_info",
    "exception",
}  # fmt: skip


UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
SECRET = re.compile(rf"/(?!{UUID}/?)(?=[\w-]*[A-Z0-9_])[\w-]{{20,}}")  # a code, a token


def without_secrets(request: str) -> str:
    """Return "GET /path/" without its query and without the codes that ride in some paths."""
    return SECRET.sub("/***", request.partition("?")[0])


def keep_allowed(logger: object, method: str, event: dict) -> dict:
    """Drop each key that is not on the allowed list; structlog calls this for each line."""
    for name in ("request", "path"):
        if isinstance(event.get(name), str):
            event[name] = without_secrets(event[name])
    return {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}


SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
    keep_allowed,
]


def configuration(*, level: str, folder: Path | None = None) -> dict:
    """Return Django's LOGGING: JSON lines to standard error and, where a folder is given, to a file there."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handlers = {"console": {"class": "logging.StreamHandler", "formatter": "json"}}
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        handlers["file"] = {
            "class": "logging.FileHandler", "filename": folder / "resilience.jsonl", "formatter": "json",
        }  # fmt: skip
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    structlog.processors.JSONRenderer(),
                ],
            }
        },
        "handlers": handlers,
        "root": {"handlers": ["file"] if folder is not None else ["console"], "level": level},
    }
