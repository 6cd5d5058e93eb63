from resilience.accounts import policy
from resilience.accounts.models import Role

READERS = [Role.PARTICIPANT, Role.EDITOR]

policy.own("content_pages:my", GET=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("content_pages:kept", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("content_pages:plan", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
for _name in ("plan-pdf", "card", "sheet"):
    policy.own(f"content_pages:{_name}", GET=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("content_pages:phone", GET=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("content_pages:line", GET=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("content_pages:kept-module", GET=[Role.PARTICIPANT])
policy.own("content_pages:kept-activity", GET=[Role.PARTICIPANT])
for _name in ("worker", "manifest", "not-connected"):
    policy.own(f"content_pages:{_name}", GET=[policy.EVERYONE])
policy.own("content_pages:meeting", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("content_pages:meeting-calendar", GET=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("content_pages:programme", GET=READERS)
policy.own("content_pages:module", GET=READERS, whose=policy.OWN)
policy.own("content_pages:activity", GET=READERS, POST=[Role.PARTICIPANT], whose=policy.OWN)
policy.own("content_pages:picture", GET=[policy.EVERYONE])
policy.own("content_pages:sound", GET=[policy.EVERYONE])
for _name in (
    "set-up",
    "set-up-programme",
    "pack",
    "papers-pdf",
    "papers-making",
    "recruitment-pdf",
    "recruitment-making",
):
    policy.own(f"content_pages:{_name}", GET=[Role.MANAGER], whose=policy.ASSIGNED)
for _name in ("new-programme", "times", "new-time", "time", "settling", "papers"):
    policy.own(f"content_pages:{_name}", GET=[Role.MANAGER], POST=[Role.MANAGER], whose=policy.ASSIGNED)
policy.own("content_pages:place-time", POST=[Role.MANAGER], whose=policy.ASSIGNED)
# Wagtail hands over to the page: each page class names its audience.
policy.own("wagtail_serve", GET=[policy.EVERYONE])

SIGN_IN = {
    "wagtailadmin_login",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
}
PEOPLE = {
    f"wagtailusers_{kind}:{name}"
    for kind in ("users", "groups")
    for name in (
        "add",
        "copy",
        "delete",
        "edit",
        "history",
        "history_results",
        "index",
        "index_results",
        "usage",
    )
}
SITE = {
    f"wagtailsites:{name}"
    for name in (
        "add",
        "copy",
        "delete",
        "edit",
        "history",
        "history_results",
        "index",
        "index_results",
        "usage",
    )
}
OPEN_PAGES = {  # a page's audience follows from its class alone
    "wagtailadmin_pages:set_privacy", "wagtailadmin_collections:set_privacy",
    "wagtailembeds:chooser", "wagtailembeds:chooser_upload", "wagtailadmin_error_test",
}  # fmt: skip
policy.included("cms/", who=[Role.EDITOR], shut=SIGN_IN | PEOPLE | SITE | OPEN_PAGES)
