"""The tests: fixed keys that guard nothing, mail in memory, queue rows drained by hand."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from resilience.settings import logs
from resilience.settings.base import *  # noqa: F403 - Django settings are composed this way
from resilience.settings.base import sqlite_or_postgresql

TESTING = True


def _run_dir() -> Path:
    """Return the folder of this run; the first process of a run makes it and takes it away at the end."""
    if "TEST_RUN_DIR" not in os.environ:
        os.environ["TEST_RUN_DIR"] = made = tempfile.mkdtemp(prefix="resilience-tests-")
        atexit.register(_remove, made, maker=os.getpid())
    return Path(os.environ["TEST_RUN_DIR"])


def _remove(folder: str, *, maker: int) -> None:
    if os.getpid() == maker:
        shutil.rmtree(folder, ignore_errors=True)


VAR_DIR = _run_dir() / os.environ.get("PYTEST_XDIST_WORKER", "main")
VAR_DIR.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR_DIR / "media"
CLOCK_FILE = VAR_DIR / "clock"
SECRET_KEY = "tests only: guards nothing, at least fifty characters long"
FIELD_KEYS = ["dGVzdHMtb25seS1rZXktZ3VhcmRzLW5vdGhpbmctMDE="]
DATABASES = {
    "default": sqlite_or_postgresql(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'test.sqlite3'}")
}
PUBLIC_BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = PUBLIC_BASE_URL
ALLOWED_HOSTS = ["*"]
PORT = 8000
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "no-reply@localhost"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DISPATCH_SENDERS = (0, 0)
TWILIO_ACCOUNT_SID = "AC" + "0" * 32
TWILIO_AUTH_TOKEN = "test-token"
TWILIO_AUTH_TOKEN_OLD = ""
TWILIO_NUMBER = "+442079460123"
TWILIO_MESSAGING_SERVICE_SID = ""
TWILIO_REGION = ""
TWILIO_EDGE = ""
TWILIO_API_URL = "http://127.0.0.1:9"
METRICS_TOKEN = ""
SERVER_TIMING = True
LOGGING = logs.configuration(level="WARNING")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]  # noqa: F405 - from base
MIDDLEWARE = ["tests.plugins.queries.guard", *MIDDLEWARE]  # noqa: F405 - from base
