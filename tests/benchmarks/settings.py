"""Production settings on this machine, plus the bare views that serve as yardsticks."""

import os
from pathlib import Path

from cryptography.fernet import Fernet

_folder = Path(os.environ["BENCH_DIR"])
_key = _folder / "field-key"
if not _key.exists():
    _key.write_text(Fernet.generate_key().decode())

# Assigned, whatever the shell holds: nothing of anybody's is to be measured on, or filled with made-up people.
os.environ |= {
    "SECRET_KEY": "for measuring only: it guards made-up people in a folder that is thrown away",
    "FIELD_KEYS": _key.read_text(),
    "DATABASE_URL": f"sqlite:///{_folder / 'bench.sqlite3'}",
    "PUBLIC_BASE_URL": "https://bench.localhost",
    "VAR_DIR": str(_folder),
    "EMAIL_HOST": "127.0.0.1",
    "EMAIL_FROM": "no-reply@bench.localhost",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "nobody is rung",
    "TWILIO_NUMBER": "+442079460123",
    "SERVER_TIMING": "1",
}

from resilience.settings import logs  # noqa: E402 - after the environment is set
from resilience.settings.production import *  # noqa: E402, F403 - settings are composed this way

LOGGING = logs.configuration(level="INFO", folder=_folder / "log")

ROOT_URLCONF = "tests.benchmarks.urls"
STATIC_ROOT = _folder / "static"
TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")  # noqa: F405 - from production
