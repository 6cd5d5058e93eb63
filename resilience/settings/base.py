"""Settings that hold everywhere; demo, test and production add only what differs."""

from pathlib import Path

from resilience.settings import logs

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"
DEMONSTRATION = False
TESTING = False
DEBUG = False
CALENDARS_MAY_BE_NEAR = (
    False  # whether a coach's calendar may lie on this machine: the demonstration and tests
)
CLOCK_FILE: Path | None = None  # set where the clock may be moved on: the demonstration and the tests

INSTALLED_APPS = [
    "resilience.audit",
    "resilience.privacy",
    "resilience.accounts",
    "resilience.telephony",
    "resilience.messaging",
    "resilience.organisations",
    "resilience.participants",
    "resilience.measures",
    "resilience.engagement",
    "resilience.coaching",
    "resilience.journeys",
    "resilience.evaluation",
    "resilience.ops",
    "content_pages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_htmx",
    "django_q",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "resilience.ops.timing.ServerTimingMiddleware",
    "resilience.organisations.middleware.PlainPagesMiddleware",  # before anything that asks who it is, or a database
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "resilience.accounts.device.DeviceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "content_pages.cms.EditorsPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "resilience.accounts.gate.PolicyMiddleware",
]

ROOT_URLCONF = "resilience.urls"
WSGI_APPLICATION = "resilience.wsgi.application"
APPEND_SLASH = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "resilience" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "resilience.accounts.context.site",
                "resilience.participants.context.programme",
                "resilience.languages.site",
            ],
            "builtins": ["resilience.page_tags"],
            "libraries": {"page_tags": "resilience.page_tags"},
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["resilience.accounts.backend.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/after-sign-in/"
ACCOUNT_ADAPTER = "resilience.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # each sign-in by code shows that the address is theirs
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a code that runs out while it is typed still counts (RFC 6238, section 5.2)
MFA_PASSKEY_LOGIN_ENABLED = True

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "resilience.accounts.refusals.csrf"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# A megabyte of text is three of them as a form is encoded: it gets its limit in words, with the text still there.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = MOST_BYTES_OF_AN_UPLOAD = 2_500_000  # the proxy in front takes 3 MB
MOST_BYTES_OF_A_PACK = 30_000_000  # and more at /evaluations/import/ alone

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}

Q_CLUSTER = {
    "name": "ticks",
    "orm": "default",
    "workers": 2,
    "queue_limit": 2,
    "timeout": 60,
    "retry": 300,
    "poll": 0.2,
    "max_attempts": 5,
    "ack_failures": True,
    "catch_up": False,
    "save_limit": 500,
    "time_zone": "UTC",
    "label": "Queue",
    "ALT_CLUSTERS": {"long": {"workers": 1, "queue_limit": 1, "timeout": 3600, "retry": 3900}},
}

DISPATCH_EVERY_S = 0.5  # how long the dispatcher rests where nothing is due
DISPATCH_SENDERS = (
    1,
    1,
)  # how many calls, and how many texts and e-mails, are sent at once: SQLite has one writer

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("fr", "Français")]
ONE_LANGUAGE_ONLY = ["/cms/", "/documents/", "/telephony/", "/demo/", "/media/", "/a/"]
LOCALE_PATHS = [BASE_DIR / "resilience" / "locale", BASE_DIR / "resilience" / "library_words"]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "resilience" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

WAGTAIL_SITE_NAME = "Programme pages"
WAGTAILADMIN_BASE_URL = ""
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USER_TIME_ZONES = ["Europe/London", "America/Toronto", "UTC"]
WAGTAILIMAGES_EXTENSIONS = ["png", "jpg", "jpeg", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = MOST_BYTES_OF_AN_UPLOAD
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000  # a photograph of a telephone; 100 MB once it is unpacked
WAGTAILIMAGES_IMAGE_FORM_BASE = "content_pages.uploading.PictureForm"
WAGTAILDOCS_EXTENSIONS = [
    "mp3",
    "m4a",
    "ogg",
    "wav",
]  # sounds: nothing else that is uploaded is shown anywhere
WAGTAILDOCS_MAX_UPLOAD_SIZE = MOST_BYTES_OF_AN_UPLOAD
WAGTAILDOCS_DOCUMENT_FORM_BASE = "content_pages.uploading.SoundForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_WORKFLOW_ENABLED = True

TELEPHONE_COUNTRIES = ["GB", "IE", "CA", "US"]
SERVER_TIMING = False
DJANGO_STRUCTLOG_USER_ID_FIELD = ""  # who asks is never logged, and asking would cost each page a query
LOGGING = logs.configuration(level="INFO")
EMAIL_TIMEOUT = 10


def sqlite_or_postgresql(url: str) -> dict:
    """Return the DATABASES entry for a URL, with the options that STACK settled for each vendor."""
    import dj_database_url

    entry = dj_database_url.parse(url)
    if entry["ENGINE"].endswith("sqlite3"):
        entry["OPTIONS"] = dict(SQLITE_OPTIONS)
    else:
        entry["CONN_MAX_AGE"] = 60
        entry["CONN_HEALTH_CHECKS"] = True
    return entry


SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
    ),
}
