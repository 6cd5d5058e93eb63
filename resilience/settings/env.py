"""The environment, read once, with one clear line for each setting that is missing or odd."""

import os
import sys
from pathlib import Path

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """Every variable that the product reads; `NAME_FILE` may name a file that holds the value of NAME."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore", case_sensitive=False)

    secret_key: SecretStr = Field(min_length=32)
    field_keys: SecretStr = Field(description="Fernet keys with a comma between, newest first")
    database_url: str
    public_base_url: AnyHttpUrl
    port: int = Field(default=8000, ge=1, le=65534)
    allowed_hosts: str = ""
    email_host: str = ""
    email_port: int = 25
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
    log_level: str = "INFO"
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
                raise ValueError("each key must be 32 bytes in URL-safe base64 (make one: deploy/README.md)") from None
        return value


def read_secret_files() -> None:
    """Take NAME from the file that NAME_FILE names. Stops the start when that file cannot be read."""
    known = {name.upper() for name in Environment.model_fields}
    for name, path in list(os.environ.items()):
        if name.endswith("_FILE") and name[: -len("_FILE")] in known:
            os.environ[name[: -len("_FILE")]] = _content(name, path)


def _content(name: str, path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        return _stop([f"{name}: the file {path} cannot be read ({error.strerror})."])


def load(**defaults: object) -> Environment:
    """Return the environment; `defaults` stand in where it is silent. Exits with 1 and a line for each fault."""
    read_secret_files()
    given = {name: value for name, value in defaults.items() if name.upper() not in os.environ}
    try:
        return Environment(**given)
    except ValidationError as refused:
        _stop([_line(fault) for fault in refused.errors()])


def _line(fault: dict) -> str:
    name = str(fault["loc"][0]).upper()
    if fault["type"] == "missing":
        return f"{name} is not set. Set it in the environment (see deploy/env.example)."
    return f"{name} cannot be used: {fault['msg']} (see deploy/env.example)."


def _stop(lines: list[str]) -> str:
    print("\n".join(lines), file=sys.stderr)
    raise SystemExit(1)
