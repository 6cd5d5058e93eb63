"""Models of other packages: one row for each whole model, but for the ids of people in Wagtail's."""

from django.apps import apps
from django.conf import settings
from django.db import models

from resilience.privacy.register import (
    BLANK,
    ERASE,
    KEEP,
    NINETY_DAYS,
    OPERATIONAL,
    PERSONAL,
    SESSION_LIFE,
    TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    WHILE_THE_SITE_RUNS,
    register,
    register_whole,
    stored_fields,
)

SIGN_IN = {
    "account.EmailAddress": "the address a sign-in code goes to",
    "account.EmailConfirmation": "a code that waits to be typed",
    "mfa.Authenticator": "the second factor of somebody on the staff side",
}
for _label, _purpose in SIGN_IN.items():
    register_whole(
        _label, kind=PERSONAL, purpose=_purpose, keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY, erasure=ERASE
    )
register_whole(
    "sessions.Session", kind=PERSONAL, purpose="to stay signed in", keep=SESSION_LIFE, erasure=ERASE
)

for _label in ["django_q.OrmQ", "django_q.Task"]:
    register_whole(_label, kind=OPERATIONAL, purpose="work to do, ids only", keep=NINETY_DAYS, erasure=KEEP)
register_whole(
    "django_q.Schedule",
    kind=OPERATIONAL,
    purpose="what is done every day",
    keep=WHILE_THE_SITE_RUNS,
    erasure=KEEP,
)

PLATFORM = ["auth", "contenttypes"]
CMS = [
    "wagtailcore", "wagtailadmin", "wagtailusers", "wagtailimages", "wagtaildocs", "wagtailembeds",
    "wagtailsearch", "simple_translation", "taggit",
]  # fmt: skip


def _register_apps() -> None:
    for label in [*PLATFORM, *CMS]:
        if label in apps.app_configs:
            for model in apps.get_app_config(label).get_models():
                _register(model)


def _register(model: type[models.Model]) -> None:
    """Say of each model what erasing an editor does to it, as its own keys to a sign-in have it."""
    people = [field for field in model._meta.local_fields if _leads_to_somebody(field)]
    if any(field.remote_field.on_delete is models.CASCADE for field in people):
        register_whole(
            model._meta.label, kind=PERSONAL, purpose="what an editor set or said for themselves",
            keep=TWELVE_MONTHS_AFTER_LAST_ACTIVITY, erasure=ERASE,
        )  # fmt: skip
        return
    register(
        model, purpose="pages and the people who edit them", keep=WHILE_THE_SITE_RUNS,
        pseudonymous={field.name: _left(field) for field in people},
        operational=set(stored_fields(model)) - {field.name for field in people},
    )  # fmt: skip


def _leads_to_somebody(field: models.Field) -> bool:
    return field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL


def _left(field: models.Field) -> str:
    """Return what becomes of the id of somebody who was erased; a log keeps it, and it leads to nobody."""
    return BLANK if field.remote_field.on_delete is models.SET_NULL else KEEP


_register_apps()
