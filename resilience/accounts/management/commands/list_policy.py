from collections.abc import Iterator

from resilience.accounts import addresses, policy
from resilience.accounts.models import Role
from resilience.listing import ListingCommand

SHORT = {Role.SAFEGUARDING_LEAD: "safeguarding"}


def spoken(who: frozenset[str]) -> str:
    """Return the roles as the demonstration names them, with a space between."""
    named = set(Role.values) | who - {policy.SIGNED_IN} if policy.SIGNED_IN in who else who
    return " ".join(sorted(SHORT.get(name, name.lower().replace("_", "-")) for name in named))


class Command(ListingCommand):
    help = "Lists who may call each address, by name and method."
    columns = ("name", "path", "method", "who", "whose")

    def rows(self) -> Iterator[tuple]:
        for address, row in addresses.allowed():
            yield address.name, address.path, row.method, spoken(row.who), row.whose
