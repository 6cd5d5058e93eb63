"""Who may call an address: one registry that the gate, the tests and the promise page read.

Each app lists its rows in `<app>/policy.py`, found like `admin.py`:

    from resilience.accounts import policy
    policy.own("coaching:book", GET=[Role.PARTICIPANT], POST=[Role.PARTICIPANT], whose=policy.OWN)
    policy.included("cms/", who=[Role.EDITOR], shut={"wagtailadmin_login"})
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from resilience.accounts.models import STAFF_ROLES

EVERYONE, VISITOR, CARRIER, SIGNED_IN = "everyone", "visitor", "carrier", "signed-in"
PROGRAM = "program"  # shows a token, which its view checks as it does a carrier's signature
ANY, OWN, ASSIGNED = "any", "own", "assigned"
METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Row:
    """Who may call one address by one method; `whose` says whose records the view then shows."""

    name: str
    method: str
    who: frozenset[str]
    whose: str = ANY
    staff_needs_second_factor: bool = True


@dataclass(frozen=True)
class Included:
    """A whole included URLconf by its prefix, minus the names in it that stay shut."""

    prefix: str
    who: frozenset[str]
    shut: frozenset[str] = field(default_factory=frozenset)
    methods: frozenset[str] = frozenset(METHODS)


class NamedTwice(Exception):
    """An address was given two rows for one method."""


_rows: dict[tuple[str, str], Row] = {}
_included: list[Included] = []


def own(name: str, *, whose: str = ANY, second_factor: bool = True, **methods: Iterable[str]) -> None:
    """Say who may call the address `name`, by method. Raises NamedTwice.

    `second_factor=False` is for the pages where staff set one up or give it.
    """
    for method, who in methods.items():
        if (name, method) in _rows:
            raise NamedTwice(f"{name} {method}")
        _rows[name, method] = Row(name, method, frozenset(map(str, who)), whose, second_factor)


def included(prefix: str, *, who: Iterable[str], shut: Iterable[str] = ()) -> None:
    """Say who may call everything below `prefix` (no leading slash), but for the names in `shut`."""
    _included.append(Included(prefix, frozenset(map(str, who)), frozenset(shut)))


def rows() -> list[Row]:
    """Return every row that names one address, by name and method."""
    return sorted(_rows.values(), key=lambda row: (row.name, row.method))


def prefixes() -> list[Included]:
    """Return the included URLconfs."""
    return list(_included)


def find(name: str, *, method: str, path: str) -> Row | None:
    """Return the row that covers a call, or None: then the address does not exist for anybody."""
    method = "GET" if method == "HEAD" else method
    if row := _rows.get((name, method)):
        return row
    for part in _included:
        if path.startswith(part.prefix) and name not in part.shut and method in part.methods:
            return Row(name, method, part.who)
    return None


def methods(name: str, *, path: str) -> set[str]:
    """Return the methods that are offered at an address."""
    return {method for method in METHODS if find(name, method=method, path=path)}


def may(user: object, row: Row) -> bool:
    """Return whether `user` is among those the row names."""
    if open_to_all(row):
        return True
    if not user.is_authenticated:
        return VISITOR in row.who
    return SIGNED_IN in row.who or bool(row.who & user.roles)


def open_to_all(row: Row) -> bool:
    """Return whether nobody needs to sign in, so that the gate need not ask who it is."""
    return bool(row.who & {EVERYONE, CARRIER, PROGRAM})


def needs_second_factor(user: object, row: Row) -> bool:
    """Return whether `user` may call only by roles of the staff side: a participant's role asks for none."""
    through = row.who & user.roles
    return row.staff_needs_second_factor and bool(through) and through <= STAFF_ROLES
