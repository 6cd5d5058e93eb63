"""Models of other packages: one row for each whole model."""

from resilience.privacy.register import (
    ERASE,
    KEEP,
    NINETY_DAYS,
    OPERATIONAL,
    PERSONAL,
    SESSION_LIFE,
    TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
    WHILE_THE_SITE_RUNS,
    register_whole,
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
register_whole("sessions.Session", kind=PERSONAL, purpose="to stay signed in", keep=SESSION_LIFE, erasure=ERASE)

QUEUE = ["django_q.OrmQ", "django_q.Task", "django_q.Schedule"]
for _label in QUEUE:
    register_whole(_label, kind=OPERATIONAL, purpose="work to do, ids only", keep=NINETY_DAYS, erasure=KEEP)

PLATFORM = ["auth", "contenttypes"]
CMS = [
    "wagtailcore", "wagtailadmin", "wagtailusers", "wagtailimages", "wagtaildocs", "wagtailembeds",
    "wagtailsearch", "taggit",
]  # fmt: skip


def _register_apps() -> None:
    from django.apps import apps

    for label in [*PLATFORM, *CMS]:
        if not apps.is_installed(label) and label not in apps.app_configs:
            continue
        for model in apps.get_app_config(label).get_models():
            register_whole(
                model._meta.label, kind=OPERATIONAL, purpose="pages and the people who edit them",
                keep=WHILE_THE_SITE_RUNS, erasure=KEEP,
            )  # fmt: skip


_register_apps()
