"""`make run`: the demonstration on this machine, with secrets made at the first start."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

from resilience.settings import applied, env, logs
from resilience.settings.base import *  # noqa: F403 - Django settings are composed this way

VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")  # noqa: F405 - from base


def _first_secrets() -> str:
    lines = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "TWILIO_ACCOUNT_SID": "AC" + secrets.token_hex(16),
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
    }
    return "".join(f"{name}={value}\n" for name, value in lines.items())


def _read_secrets() -> dict[str, str]:
    path = VAR_DIR / "secrets.env"
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(_first_secrets())
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)


for _name, _value in _read_secrets().items():
    os.environ.setdefault(_name, _value)

_port = os.environ.get("PORT", "8000")
_env = env.load(
    database_url=f"sqlite:///{VAR_DIR / 'resilience.sqlite3'}",
    public_base_url=f"http://localhost:{_port}",
    twilio_number="+442079460123",
    twilio_api_url=f"http://127.0.0.1:{int(_port) + 1 if _port.isdigit() else 8001}",
    server_timing=True,
)
globals().update(applied.from_environment(_env, var=VAR_DIR))

DEMONSTRATION = True
LOGGING = logs.configuration(level=_env.log_level, folder=VAR_DIR / "log")
CLOCK_FILE = VAR_DIR / "clock"
CALENDARS_MAY_BE_NEAR = True
DISPATCH_EVERY_S = 0.5  # whoever moves the clock on waits for what comes of it
PORT = _env.port
ALLOWED_HOSTS = ["localhost", "127.0.0.1", *applied.hosts(_env)]
CSRF_TRUSTED_ORIGINS = []
INSTALLED_APPS = [*INSTALLED_APPS, "resilience.demo"]  # noqa: F405 - from base
EMAIL_BACKEND = "resilience.demo.mail.FileBackend"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
STATIC_ROOT = None  # served from where the files lie; collecting them is for the image
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
