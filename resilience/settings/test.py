"""The tests: fixed keys that guard nothing, mail in memory, queue rows drained by hand."""

import os
from pathlib import Path

from resilience.settings import logs
from resilience.settings.base import *  # noqa: F403 - Django settings are composed this way
from resilience.settings.base import sqlite_or_postgresql

TESTING = True
VAR_DIR = Path(os.environ.get("TEST_VAR_DIR") or BASE_DIR / "var" / "test")  # noqa: F405 - from base
VAR_DIR.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR_DIR / "media"
CLOCK_FILE = VAR_DIR / "clock"
SECRET_KEY = "tests only: guards nothing, at least fifty characters long"
FIELD_KEYS = ["dGVzdHMtb25seS1rZXktZ3VhcmRzLW5vdGhpbmctMDE="]
DATABASES = {"default": sqlite_or_postgresql(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'test.sqlite3'}")}
PUBLIC_BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = PUBLIC_BASE_URL
ALLOWED_HOSTS = ["*"]
PORT = 8000
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "no-reply@localhost"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
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
