"""Every address has a row, every row holds for every role, and what has no row does not exist for anybody."""

import re
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from resilience.accounts import addresses, policy
from resilience.accounts.models import Role
from resilience.urls import urlpatterns as the_sites
from tests.factories.accounts import UserFactory

SHUT_ON_PURPOSE = re.compile(r"^(account_|socialaccount_|mfa_|wagtail|allauth\.|django\.views)")
VALUES = {"pk": "1", "time": "x"}

urlpatterns = [path("forgotten/", lambda request: HttpResponse("open"), name="forgotten"), *the_sites]
handler404 = "resilience.accounts.refusals.not_found"


def filled(address: addresses.Address) -> str:
    """Return the path with something of a fitting shape for what varies."""
    return re.sub(r"<(\w+)>", lambda part: VALUES.get(part.group(1), str(uuid.UUID(int=1))), address.path)


def ours() -> Iterator[tuple[addresses.Address, policy.Row]]:
    """Yield each address that a row names, with its row; Wagtail's own stand below a prefix."""
    for address, row in addresses.allowed():
        if (row.name, row.method) in {(each.name, each.method) for each in policy.rows()}:
            yield address, row


CALLS = [pytest.param(address, row, id=f"{row.name} {row.method}") for address, row in ours()]


def test_every_address_of_ours_has_a_row():
    covered = {address.name for address, _row in addresses.allowed()}
    without = {each.name for each in addresses.every()} - covered

    assert {name for name in without if not SHUT_ON_PURPOSE.match(name)} == set()


def test_every_row_is_for_an_address_that_exists():
    names = {each.name for each in addresses.every()}

    assert {row.name for row in policy.rows()} - names == set()


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_an_address_that_nobody_listed_answers_404_to_everybody(sign_in):
    assert Client().get("/forgotten/").status_code == 404
    for role in Role:
        assert sign_in(UserFactory(roles=[role])).get("/forgotten/").status_code == 404


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_the_same_address_opens_once_it_is_listed(monkeypatch):
    row = policy.Row("forgotten", "GET", frozenset({policy.EVERYONE}))
    monkeypatch.setitem(policy._rows, ("forgotten", "GET"), row)

    assert Client().get("/forgotten/").status_code == 200


def call(browser: Client, address: addresses.Address, row: policy.Row) -> HttpResponse:
    """Call an address as the row's method does; what the view then makes of it is not at stake here."""
    browser.raise_request_exception = False
    answer = getattr(browser, row.method.lower())(filled(address))
    if answer.streaming:
        b"".join(answer.streaming_content)  # reading it to its end closes the file behind it
    return answer


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "row"), CALLS)
def test_a_visitor_is_asked_to_sign_in_or_let_in(address, row):
    answer = call(Client(), address, row)

    asked = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/?next=")
    if policy.open_to_all(row):
        assert (
            not asked or row.name in {"mfa_login_webauthn"} or "cms" in row.name or "page-sign-in" in row.name
        )
    else:
        assert asked


def wrongly_in(address: addresses.Address, row: policy.Row, sign_in: Callable) -> set[str]:
    """Return the roles that a row does not name and that get anything but the page of what does not exist."""
    others = {role for role in Role if not policy.may(Holding(role), row)}
    return {
        role for role in others if call(sign_in(UserFactory(roles=[role])), address, row).status_code != 404
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "row"), CALLS)
def test_every_other_role_gets_the_page_of_what_does_not_exist(address, row, sign_in):
    assert wrongly_in(address, row, sign_in) == set()


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_a_role_that_gets_in_where_its_row_does_not_name_it_is_noticed(monkeypatch, sign_in):
    too_wide = policy.Row("forgotten", "GET", frozenset({Role.COACH, Role.EVALUATOR}))
    monkeypatch.setitem(policy._rows, ("forgotten", "GET"), too_wide)
    address = addresses.Address("forgotten", "/forgotten/")

    assert wrongly_in(address, policy.Row("forgotten", "GET", frozenset({Role.COACH})), sign_in) == {
        Role.EVALUATOR
    }


class Holding:
    """Somebody who is signed in and holds one role."""

    is_authenticated = True

    def __init__(self, role: str) -> None:
        self.roles = {role}


def asked_of(row: policy.Row) -> list[str]:
    """Return the roles that call an address only with a second factor, participants' own pages included."""
    return [role for role in sorted(row.who) if policy.needs_second_factor(Holding(role), row)]


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "row"), [each for each in CALLS if asked_of(each.values[1])])
def test_staff_without_a_second_factor_get_no_further(address, row, sign_in):
    for role in asked_of(row):
        browser = sign_in(UserFactory(roles=[role]), second_factor=False)

        answer = call(browser, address, row)

        assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/"), role


def test_whoever_also_takes_part_is_asked_for_no_second_factor_on_a_participants_page():
    both = Holding(Role.EDITOR)
    both.roles.add(Role.PARTICIPANT)
    shared = policy.Row("shared", "GET", frozenset({Role.PARTICIPANT, Role.EDITOR}))

    assert not policy.needs_second_factor(both, shared)
    assert policy.needs_second_factor(Holding(Role.EDITOR), shared)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_method_that_is_not_offered_answers_405(method, as_participant):
    assert getattr(as_participant, method)("/my/data/").status_code == 405


@pytest.mark.django_db
def test_what_one_may_not_see_and_what_does_not_exist_are_the_same_page(as_participant):
    assert as_participant.get("/manage/").content == as_participant.get("/nothing-here/").content


def test_a_name_cannot_be_given_two_rows():
    with pytest.raises(policy.NamedTwice):
        policy.own("journeys:data", GET=[policy.EVERYONE])


def test_there_is_no_role_for_line_managers():
    assert set(Role.values) == {
        "PARTICIPANT", "COACH", "COACH_LEAD", "EVALUATOR", "EDITOR", "MANAGER", "SAFEGUARDING_LEAD", "OPERATOR",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("part", [pytest.param(each, id=each.prefix) for each in policy.prefixes()])
def test_below_a_prefix_only_its_roles_get_in(part, sign_in):
    row = policy.Row(part.prefix, "GET", part.who)
    for role in Role:
        if not policy.may(Holding(role), row):
            assert sign_in(UserFactory(roles=[role])).get(f"/{part.prefix}").status_code == 404, role
    if not policy.open_to_all(row):
        assert Client().get(f"/{part.prefix}").url.startswith("/accounts/login/?next=")


@pytest.mark.django_db
def test_what_is_shut_below_a_prefix_is_shut_for_its_roles_too(sign_in):
    shut = [
        (part, address)
        for part in policy.prefixes()
        for address in addresses.every()
        if address.name in part.shut and address.path.startswith(f"/{part.prefix}")
    ]

    assert shut
    for part, address in shut:
        if "accounts:" not in address.name and not address.path.startswith(
            ("/cms/login/", "/cms/password_reset/")
        ):
            browser = sign_in(UserFactory(roles=[sorted(part.who)[0]]))
            assert browser.get(filled(address)).status_code == 404, address
