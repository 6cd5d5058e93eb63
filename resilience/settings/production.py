"""A site with real people: everything from the environment, nothing by default that weakens it."""

from pathlib import Path

from resilience.settings import applied, env, faults
from resilience.settings.base import *  # noqa: F403 - Django settings are composed this way

# Without these nobody could sign in, and nobody would be rung or texted.
_env = env.load(
    required=["EMAIL_HOST", "EMAIL_FROM", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_NUMBER"]
)
_var = Path(_env.var_dir) if _env.var_dir else BASE_DIR / "var"  # noqa: F405 - from base
globals().update(applied.from_environment(_env, var=_var), **applied.mail(_env))
faults.report_to(_env.sentry_dsn)

PORT = _env.port
ALLOWED_HOSTS = applied.hosts(_env) or [_env.public_base_url.host]

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
