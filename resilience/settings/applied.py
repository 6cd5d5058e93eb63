"""Turns the environment into Django settings, the same way for demonstration and production."""

from pathlib import Path

from resilience.settings import base, logs
from resilience.settings.env import Environment


def from_environment(env: Environment, *, var: Path) -> dict:
    """Return the settings that follow from `env`; the caller puts them into its module."""
    address = str(env.public_base_url).rstrip("/")
    return {
        "VAR_DIR": var,
        "MEDIA_ROOT": var / "media",
        "SECRET_KEY": env.secret_key.get_secret_value(),
        "FIELD_KEYS": [key.strip() for key in env.field_keys.get_secret_value().split(",")],
        "DATABASES": {"default": base.sqlite_or_postgresql(env.database_url)},
        "DISPATCH_SENDERS": (4, 8) if env.database_url.startswith("postgres") else base.DISPATCH_SENDERS,
        "PUBLIC_BASE_URL": address,
        "WAGTAILADMIN_BASE_URL": address,
        "CSRF_TRUSTED_ORIGINS": [address],
        "DEFAULT_FROM_EMAIL": env.email_from,
        "SERVER_EMAIL": env.email_from,
        "SERVER_TIMING": env.server_timing,
        "METRICS_TOKEN": env.metrics_token.get_secret_value(),
        "LOGGING": logs.configuration(level=env.log_level),
        **_twilio(env),
        **_cache(env),
    }


def hosts(env: Environment) -> list[str]:
    """Return the hosts of ALLOWED_HOSTS."""
    return [host.strip() for host in env.allowed_hosts.split(",") if host.strip()]


def mail(env: Environment) -> dict:
    """Return how mail leaves: TLS from the first byte on port 465, else STARTTLS, but for port 25 without a user."""
    at_once = env.email_port == 465
    return {
        "EMAIL_HOST": env.email_host,
        "EMAIL_PORT": env.email_port,
        "EMAIL_HOST_USER": env.email_user,
        "EMAIL_HOST_PASSWORD": env.email_password.get_secret_value(),
        "EMAIL_USE_SSL": at_once,
        "EMAIL_USE_TLS": not at_once and (env.email_port != 25 or bool(env.email_user)),
    }


def _twilio(env: Environment) -> dict:
    return {
        "TWILIO_ACCOUNT_SID": env.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": env.twilio_auth_token.get_secret_value(),
        "TWILIO_AUTH_TOKEN_OLD": env.twilio_auth_token_old.get_secret_value(),
        "TWILIO_NUMBER": env.twilio_number,
        "TWILIO_MESSAGING_SERVICE_SID": env.twilio_messaging_service_sid,
        "TWILIO_REGION": env.twilio_region,
        "TWILIO_EDGE": env.twilio_edge,
        "TWILIO_API_URL": env.twilio_api_url,
    }


def _cache(env: Environment) -> dict:
    if not env.redis_url:
        return {}
    redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.redis_url}
    return {"CACHES": {"default": redis}}
