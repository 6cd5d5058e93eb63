"""A site with real people: everything from the environment, nothing by default that weakens it."""

from pathlib import Path

from resilience.settings import applied, env
from resilience.settings.base import *  # noqa: F403 - Django settings are composed this way

_env = env.load()
_var = Path(_env.var_dir) if _env.var_dir else BASE_DIR / "var"  # noqa: F405 - from base
globals().update(applied.from_environment(_env, var=_var))

PORT = _env.port
ALLOWED_HOSTS = [host for host in _env.allowed_hosts.split(",") if host] or [_env.public_base_url.host]
EMAIL_HOST = _env.email_host
EMAIL_PORT = _env.email_port
EMAIL_HOST_USER = _env.email_user
EMAIL_HOST_PASSWORD = _env.email_password.get_secret_value()
EMAIL_USE_TLS = bool(_env.email_user)

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
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
