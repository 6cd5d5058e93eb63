from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import STAFF_ROLES, User


class Command(BaseCommand):
    help = "Gives a role to the person with this e-mail address, who signs in by a code sent there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("role", choices=sorted(STAFF_ROLES), type=str.upper)
        parser.add_argument(
            "--programme", default="", help="the slug of one programme; the whole site without it"
        )
        parser.add_argument("--end", action="store_true", help="takes the role away")

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        held = {"role": options["role"], "programme": options["programme"], "by": None, "now": clock.now()}
        if options["end"]:
            roles.end(user=self._known(options["address"]), **held)
            self.stderr.write("Ended.")
            return
        roles.grant(user=self._person(options["address"]), **held)
        self.stderr.write("Granted. They sign in at /accounts/login/ and set up a second step there.")

    def _known(self, address: str) -> User:
        try:
            return User.objects.get_by_natural_key(address)
        except User.DoesNotExist:
            raise CommandError("Nobody has this address. Check it.") from None

    def _person(self, address: str) -> User:
        try:
            validate_email(address)
        except ValidationError:
            raise CommandError("That is not an e-mail address. Write one like name@example.org") from None
        return User.objects.filter(email=address.strip().lower()).first() or User.objects.create_user(address)
