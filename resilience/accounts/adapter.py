"""How allauth makes users here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody opens an account by themselves: they join a programme, or are given a role."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: joining a programme is the only way in."""
        return False
