"""Signing in: by a code, and for staff by a second factor as well."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client

from resilience.accounts import roles
from resilience.accounts.models import Role, User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def code() -> str:
    return re.search(r"\d{6}", mail.outbox[-1].body).group()


def enter(visitor: Client, address: str, **further: str) -> object:
    visitor.post("/accounts/login/", {"login": address, **further})
    return visitor.post("/accounts/login/code/confirm/", {"code": code(), **further})


def totp(secret: str, *, steps: int = 0) -> str:
    """Return what an app shows now, or showed that many half minutes ago."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - steps))


def test_a_participant_signs_in_by_code_and_is_asked_whose_device_it_is(ada):
    visitor = Client()

    answer = enter(visitor, "ada@example.org", next="/my/data/")

    assert answer.url == "/sign-in/device/?next=%2Fmy%2Fdata%2F"
    assert visitor.post(answer.url, {"device": "own", "next": "/my/data/"}).url == "/my/data/"


def test_an_address_elsewhere_is_never_gone_on_to(ada):
    visitor = Client()
    enter(visitor, "ada@example.org")

    answer = visitor.post("/sign-in/device/", {"device": "own", "next": "https://evil.example/"})

    assert answer.url == "/after-sign-in/"


def test_a_known_and_an_unknown_address_get_the_same_page(ada):
    pages = []
    for address in ("ada@example.org", "nobody@example.org"):
        visitor = Client()
        posted = visitor.post("/accounts/login/", {"login": address})
        page = visitor.get(posted.url).content.decode().replace(address, "ADDRESS")
        pages.append((posted.url, re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", page)))

    assert pages[0] == pages[1]
    assert not re.search(r"\d{6}", mail.outbox[-1].body)


def test_there_is_no_password_to_type():
    page = Client().get("/accounts/login/").content.decode()

    assert 'type="password"' not in page


@pytest.mark.parametrize(
    "page", ["signup", "email", "password/reset", "password/change", "password/set", "3rdparty"]
)
def test_what_allauth_has_and_we_do_not_list_is_shut(page):
    assert Client().get(f"/accounts/{page}/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/cms/login/", "/cms/password_reset/", "/cms/password_reset/done/", "/_util/login/"]
)
def test_wagtails_own_entrances_lead_to_the_one_way_in(address):
    assert Client().get(address).url == "/accounts/login/?next=%2Fcms%2F"
    assert Client().post(address, {"username": "x", "password": "y"}).url == "/accounts/login/?next=%2Fcms%2F"


def test_staff_without_a_second_factor_are_led_to_set_one_up():
    UserFactory(email="ben@example.org", roles=[Role.MANAGER])
    visitor = Client()
    enter(visitor, "ben@example.org")

    assert visitor.get("/manage/").url == "/accounts/2fa/"
    assert visitor.get("/accounts/2fa/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_pages_and_shows_spare_codes():
    UserFactory(email="ben@example.org", roles=[Role.MANAGER])
    visitor = Client()
    enter(visitor, "ben@example.org")
    visitor.get("/accounts/2fa/totp/activate/")

    answer = visitor.post("/accounts/2fa/totp/activate/", {"code": totp(visitor.session["mfa.totp.secret"])})

    assert answer.status_code == 302
    assert visitor.get(answer.url).status_code == 200
    assert visitor.get("/manage/").status_code == 200


def test_staff_with_a_second_factor_are_not_in_before_they_give_it():
    ben = UserFactory(email="ben@example.org", roles=[Role.MANAGER])
    secret = generate_totp_secret()
    TOTP.activate(ben, secret)
    visitor = Client()

    assert enter(visitor, "ben@example.org").url == "/accounts/2fa/authenticate/"
    assert visitor.get("/manage/").url == "/accounts/login/?next=/manage/"

    visitor.post("/accounts/2fa/authenticate/", {"code": totp(secret)})
    assert visitor.get("/manage/").status_code == 200


@pytest.mark.parametrize(("steps", "taken"), [(1, True), (3, False)])
def test_a_code_that_ran_out_while_it_was_typed_is_still_taken_and_an_old_one_is_not(steps, taken):
    ben = UserFactory(email="ben@example.org", roles=[Role.MANAGER])
    secret = generate_totp_secret()
    TOTP.activate(ben, secret)
    visitor = Client()
    enter(visitor, "ben@example.org")

    visitor.post("/accounts/2fa/authenticate/", {"code": totp(secret, steps=steps)})

    assert (visitor.get("/manage/").status_code == 200) is taken


def test_a_second_factor_set_up_on_another_device_is_asked_for_here(sign_in):
    ben = UserFactory(roles=[Role.MANAGER])
    here = sign_in(ben, second_factor=False)
    Authenticator.objects.create(user=ben, type=Authenticator.Type.TOTP, data={"secret": "x"})

    assert here.get("/manage/").url == "/accounts/2fa/reauthenticate/?next=%2Fmanage%2F"


def test_who_is_asked_for_a_second_factor_on_a_post_comes_back_to_a_page_that_opens(sign_in):
    chi = UserFactory(roles=[Role.EVALUATOR])
    here = sign_in(chi, second_factor=False)
    Authenticator.objects.create(user=chi, type=Authenticator.Type.TOTP, data={"secret": "x"})

    answer = here.post("/evaluations/autumn/reports/")

    assert answer.url == "/accounts/2fa/reauthenticate/?next=%2Fevaluations%2Fautumn%2F"


def test_a_participant_has_no_way_to_the_second_factor_pages(as_participant):
    assert as_participant.get("/accounts/2fa/").status_code == 404


def test_nobody_can_be_made_to_hold_every_right():
    with pytest.raises(CommandError, match="Give a role instead"):
        call_command("createsuperuser")


def test_the_command_gives_a_role_to_somebody_new():
    call_command("grant_role", "Eve@Example.org", "editor")

    eve = User.objects.get(email="eve@example.org")
    assert eve.roles == {Role.EDITOR}
    assert eve.has_perm("wagtailadmin.access_admin")
    call_command("grant_role", "eve@example.org", "editor", "--end")
    assert User.objects.get(pk=eve.pk).roles == set()
    assert not User.objects.get(pk=eve.pk).has_perm("wagtailadmin.access_admin")


def test_wagtails_groups_follow_the_role(tuesday):
    eve = UserFactory(roles=[Role.EDITOR])
    assert set(eve.groups.values_list("name", flat=True)) == {"Editors", "Moderators"}

    roles.end(user=eve, role=Role.EDITOR, by=None, now=tuesday)

    assert not eve.groups.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_only_an_editor_has_wagtails_permissions(role):
    assert not UserFactory(roles=[role]).has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.COACH, "/coach/"),
        (Role.EVALUATOR, "/evaluations/"),
        (Role.EDITOR, "/cms/"),
        (Role.MANAGER, "/manage/"),
        (Role.SAFEGUARDING_LEAD, "/safeguarding/"),
        (Role.OPERATOR, "/operate/"),
    ],
)
def test_each_role_is_led_to_its_page(role, page, sign_in):
    assert sign_in(UserFactory(roles=[role])).get("/after-sign-in/").url == page


def test_a_participant_is_led_to_the_programme(as_participant):
    assert as_participant.get("/after-sign-in/").url == "/my/"


def test_somebody_who_has_not_joined_is_led_to_joining(sign_in):
    assert sign_in(UserFactory()).get("/after-sign-in/").url == "/join/"


def test_the_database_itself_refuses_a_superuser():
    with pytest.raises(IntegrityError):
        UserFactory(is_superuser=True)
