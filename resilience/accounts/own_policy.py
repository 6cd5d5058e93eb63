"""Who may call the pages around a sign-in. Of allauth's addresses those that stand here; the rest stay shut."""

from resilience.accounts import policy
from resilience.accounts.models import STAFF_ROLES

ENTRANCE = [
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_logout",
    "mfa_authenticate",
    "mfa_login_webauthn",
]
SECOND_FACTOR = [
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_generate_recovery_codes",
]

for _name in ENTRANCE:
    policy.own(_name, GET=[policy.EVERYONE], POST=[policy.EVERYONE])
policy.own("account_inactive", GET=[policy.EVERYONE])

for _name in SECOND_FACTOR:
    policy.own(_name, GET=STAFF_ROLES, POST=STAFF_ROLES, whose=policy.OWN, second_factor=False)
for _name in ["mfa_index", "mfa_list_webauthn", "mfa_view_recovery_codes", "mfa_download_recovery_codes"]:
    policy.own(_name, GET=STAFF_ROLES, whose=policy.OWN, second_factor=False)

for _name in ["accounts:device", "accounts:again", "accounts:again-code"]:
    policy.own(_name, GET=[policy.SIGNED_IN], POST=[policy.SIGNED_IN], whose=policy.OWN)
for _name in [
    "cms_entrance:sign-in",
    "cms_entrance:reset",
    "cms_entrance:reset-step",
    "accounts:page-sign-in",
]:
    policy.own(_name, GET=[policy.EVERYONE], POST=[policy.EVERYONE])
