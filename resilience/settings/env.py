"""The environment, read once, with one clear line for each setting that is missing or odd."""

import os
import re
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SEE = "(see deploy/env.example)"


class Environment(BaseSettings):
    """Every variable that the product reads; `NAME_FILE` may name a file that holds the value of NAME."""

    model_config = SettingsConfigDict(
        env_file=None, extra="ignore", case_sensitive=False, env_ignore_empty=True
    )

    secret_key: SecretStr = Field(min_length=32)
    field_keys: SecretStr = Field(description="Fernet keys with a comma between, newest first")
    database_url: str
    public_base_url: AnyHttpUrl
    port: int = Field(default=8000, ge=1, le=65534)
    allowed_hosts: str = ""
    email_host: str = ""
    email_port: int = Field(default=25, ge=1, le=65535)
    email_user: str = ""
    email_password: SecretStr = SecretStr("")
    email_from: str = "no-reply@localhost"
    redis_url: str = ""
    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_auth_token_old: SecretStr = SecretStr("")
    twilio_number: str = ""
    twilio_messaging_service_sid: str = ""
    twilio_region: str = ""
    twilio_edge: str = ""
    twilio_api_url: str = ""
    server_timing: bool = False
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"
    sentry_dsn: str = ""
    metrics_token: SecretStr = SecretStr("")
    var_dir: str = ""

    @field_validator("field_keys")
    @classmethod
    def _each_is_a_fernet_key(cls, value: SecretStr) -> SecretStr:
        from cryptography.fernet import Fernet

        for key in value.get_secret_value().split(","):
            try:
                Fernet(key.strip())
            except ValueError:
                raise ValueError(
                    "each key must be 32 bytes in URL-safe base64 (make one: deploy/README.md)"
                ) from None
        return value

    @field_validator("database_url")
    @classmethod
    def _names_a_database_that_we_know(cls, value: str) -> str:
        shape = "write postgresql://user:password@host/name or sqlite:////path/to/file"
        if value.partition("://")[0] not in ("postgresql", "postgres", "sqlite"):
            raise ValueError(f"only PostgreSQL and SQLite are known; {shape}")
        if not _database_in(value):
            raise ValueError(f"it names no database; {shape}")
        return value

    @field_validator("twilio_number")
    @classmethod
    def _is_whole(cls, value: str) -> str:
        if value and not re.fullmatch(r"\+[1-9]\d{6,14}", value):
            raise ValueError("write the whole number without spaces, like +442079460123")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, value: str) -> str:
        return value.upper()

    @field_validator("redis_url")
    @classmethod
    def _is_a_redis(cls, value: str) -> str:
        if value and value.partition("://")[0] not in ("redis", "rediss", "unix"):
            raise ValueError("write redis://host:6379/0")
        return value

    @field_validator("sentry_dsn")
    @classmethod
    def _can_be_reported_to(cls, value: str) -> str:
        if value and not (urlsplit(value).username and urlsplit(value).hostname):
            raise ValueError("write it as the service shows it: https://key@host/number")
        if value and find_spec("sentry_sdk") is None:
            raise ValueError("the package sentry-sdk is not installed (it is the extra `sentry`)")
        return value


def _database_in(url: str) -> str:
    try:
        parts = urlsplit(url)
        return parts.path.strip("/") if parts.port != 0 else ""
    except ValueError:  # what stands in the port's place is no number
        return ""


def load(*, required: Sequence[str] = (), **defaults: object) -> Environment:
    """Return the environment; `defaults` stand in where it is silent, and what is `required` may not be empty.

    Exits with 1 and a line for each fault.
    """
    faults = read_secret_files()
    given = {name: value for name, value in defaults.items() if not os.environ.get(name.upper())}
    for name in required:
        if not os.environ.get(name):
            faults.setdefault(name, _not_set(name))
    try:
        found = Environment(**given)
    except ValidationError as refused:
        for fault in refused.errors():
            name = str(fault["loc"][0]).upper()
            faults.setdefault(name, _line(name, fault))
    if faults:
        _stop(faults.values())
    return found


def read_secret_files() -> dict[str, str]:
    """Take NAME from the file that NAME_FILE names; return a line for each NAME whose file cannot be read."""
    faults = {}
    for name in [field.upper() for field in Environment.model_fields]:
        if path := os.environ.get(f"{name}_FILE"):
            try:
                os.environ[name] = Path(path).read_text().strip()
            except (OSError, UnicodeDecodeError) as error:
                why = getattr(error, "strerror", None) or "it is not text"
                faults[name] = f"{name}_FILE: the file {path} cannot be read ({why})."
    return faults


def _not_set(name: str) -> str:
    return f"{name} is not set. Set it in the environment {SEE}."


def _line(name: str, fault: dict) -> str:
    if fault["type"] == "missing":
        return _not_set(name)
    return f"{name} cannot be used: {fault['msg'].removeprefix('Value error, ')} {SEE}."


def _stop(lines: Sequence[str]) -> None:
    print("\n".join(lines), file=sys.stderr)
    raise SystemExit(1)
