"""Production settings on this machine, plus the bare views that serve as yardsticks."""

import os
from pathlib import Path

from cryptography.fernet import Fernet

_folder = Path(os.environ["BENCH_DIR"])
_key = _folder / "field-key"
if not _key.exists():
    _key.write_text(Fernet.generate_key().decode())

os.environ.setdefault("SECRET_KEY", "for measuring only: it guards made-up people in a folder that is thrown away")
os.environ.setdefault("FIELD_KEYS", _key.read_text())
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_folder / 'bench.sqlite3'}")
os.environ.setdefault("PUBLIC_BASE_URL", "https://bench.localhost")
os.environ.setdefault("VAR_DIR", str(_folder))
os.environ.setdefault("EMAIL_HOST", "127.0.0.1")
os.environ.setdefault("EMAIL_FROM", "no-reply@bench.localhost")
os.environ.setdefault("TWILIO_ACCOUNT_SID", "AC" + "0" * 32)
os.environ.setdefault("TWILIO_AUTH_TOKEN", "nobody is rung")
os.environ.setdefault("TWILIO_NUMBER", "+442079460123")
os.environ.setdefault("SERVER_TIMING", "1")

from resilience.settings import logs  # noqa: E402
from resilience.settings.production import *  # noqa: E402, F403 - settings are composed this way

LOGGING = logs.configuration(level="INFO", folder=_folder / "log")

ROOT_URLCONF = "tests.benchmarks.urls"
STATIC_ROOT = _folder / "static"
TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")  # noqa: F405 - from production
