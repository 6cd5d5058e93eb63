"""Sign-in by allauth; what Wagtail's pages ask for follows from the roles."""

from allauth.account.auth_backends import AuthenticationBackend


class RoleBackend(AuthenticationBackend):
    """Allauth's backend under a name of our own."""
