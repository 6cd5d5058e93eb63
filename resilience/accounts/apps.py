from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    name = "resilience.accounts"
    label = "accounts"

    def ready(self) -> None:
        autodiscover_modules("policy")
        from allauth.mfa.signals import authenticator_added
        from django.contrib.auth.signals import user_logged_in

        from resilience.accounts import checks, device, own_policy, second_factor  # noqa: F401 - some register by import

        user_logged_in.connect(device.begin, dispatch_uid="accounts.device.begin")
        authenticator_added.connect(second_factor.set_up, dispatch_uid="accounts.second_factor.set_up")
