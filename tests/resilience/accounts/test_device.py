"""How long a sign-in lasts, and when private text asks again."""

import re
from importlib import import_module

import pytest
from django.conf import settings
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.admin.models import EditingSession

from resilience.accounts import device
from resilience.accounts.models import User
from tests.factories.content_pages import steady_ground

pytestmark = pytest.mark.django_db
PAGE = "/my/data/"


@pytest.fixture
def phone(as_participant) -> Client:
    as_participant.post("/sign-in/device/", {"device": "own"})
    return as_participant


@pytest.fixture
def shared(as_participant) -> Client:
    as_participant.post("/sign-in/device/", {"device": "shared"})
    return as_participant


def is_in(browser: Client) -> bool:
    return browser.get(PAGE).status_code == 200


def test_a_shared_computer_signs_out_after_ten_idle_minutes(shared, time_passes):
    time_passes(minutes=9)
    assert is_in(shared)
    time_passes(minutes=11)

    assert shared.get(PAGE).url == f"/accounts/login/?next={PAGE}"


def test_using_the_page_keeps_a_shared_computer_signed_in(shared, time_passes):
    for _click in range(5):
        time_passes(minutes=8)
        assert is_in(shared)


def test_ones_own_phone_stays_signed_in_for_thirty_days_and_no_longer(phone, time_passes):
    time_passes(days=29)
    assert is_in(phone)
    time_passes(days=2)

    assert not is_in(phone)


def test_staff_are_signed_out_after_ten_idle_minutes_whatever_they_choose(as_manager, time_passes):
    as_manager.post("/sign-in/device/", {"device": "own"})
    time_passes(minutes=11)

    assert as_manager.get("/manage/").url == "/accounts/login/?next=/manage/"


def test_a_page_that_stays_open_keeps_no_editor_signed_in(as_editor, time_passes):
    page = steady_ground()
    here = {"app_label": "wagtailcore", "model_name": "page", "object_id": page.pk}
    open_page = EditingSession.objects.create(
        user=User.objects.get(email="editor@example.org"), content_object=page, last_seen_at=time_passes()
    )
    ping = reverse("wagtailadmin_editing_sessions:ping", kwargs={**here, "session_id": open_page.pk})
    edit = f"/cms/pages/{page.pk}/edit/"
    assert as_editor.get(edit).status_code == 200

    for _minute in range(9):
        time_passes(minutes=1)
        assert as_editor.post(ping).status_code == 200
    assert as_editor.get(edit).status_code == 200
    for _minute in range(11):
        time_passes(minutes=1)
        ended = as_editor.post(ping)

    assert ended.status_code != 200
    assert as_editor.get(edit).url.startswith("/accounts/login/")


def test_before_the_choice_half_an_hour_is_allowed(as_participant, time_passes):
    time_passes(minutes=29)
    assert is_in(as_participant)
    time_passes(minutes=31)

    assert not is_in(as_participant)


def test_taking_away_the_cookie_does_not_lengthen_a_sign_in(shared, time_passes):
    assert is_in(shared)
    time_passes(minutes=11)
    del shared.cookies[device.cookie()]

    assert not is_in(shared)


def test_over_tls_the_cookie_can_be_set_by_this_host_alone(as_participant, settings):
    settings.SESSION_COOKIE_SECURE = True

    kept = as_participant.get("/my/data/", secure=True).cookies["__Host-seen"]

    assert (kept["secure"], kept["path"], kept["domain"]) == (True, "/", "")


def test_the_cookie_of_another_sign_in_is_worth_nothing(shared, sign_in, ben, time_passes):
    other = sign_in(ben.user)
    time_passes(minutes=11)
    other_again = sign_in(ben.user)
    other_again.get("/sign-in/device/")
    assert other is not other_again
    shared.cookies[device.cookie()] = other_again.cookies[device.cookie()].value

    assert not is_in(shared)


def asks_again(browser: Client) -> bool:
    """Ask as a page with private text does."""
    return not device.fresh(_request_seen_by(browser))


def _request_seen_by(browser: Client) -> object:
    request = RequestFactory().get(PAGE)
    request.COOKIES = {name: cookie.value for name, cookie in browser.cookies.items()}
    engine = import_module(settings.SESSION_ENGINE)
    request.session = engine.SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    device.DeviceMiddleware(lambda asked: HttpResponse())(request)
    return request


def test_private_text_asks_for_a_fresh_code_after_ten_idle_minutes(phone, time_passes):
    is_in(phone)
    assert not asks_again(phone)
    time_passes(minutes=11)

    assert asks_again(phone)


def test_opening_another_page_does_not_make_it_fresh_again(phone, time_passes):
    time_passes(minutes=11)
    is_in(phone)
    is_in(phone)

    assert asks_again(phone)


def test_a_fresh_code_opens_private_text(phone, time_passes):
    time_passes(minutes=11)
    is_in(phone)
    assert phone.post("/sign-in/again/", {"next": PAGE}).url == "/sign-in/again/code/?next=%2Fmy%2Fdata%2F"
    right = re.search(r"\d{6}", mail.outbox[-1].body).group()

    answer = phone.post("/sign-in/again/code/", {"code": right, "next": PAGE})

    assert answer.url == PAGE
    assert not asks_again(phone)


def test_a_wrong_code_opens_nothing(phone, time_passes):
    time_passes(minutes=11)
    is_in(phone)
    phone.post("/sign-in/again/", {"next": PAGE})

    answer = phone.post("/sign-in/again/code/", {"code": "99999x", "next": PAGE})

    assert answer.status_code == 422
    assert asks_again(phone)


def test_signing_in_as_somebody_else_takes_over_nothing(phone, sign_in, ben, time_passes):
    is_in(phone)
    time_passes(minutes=11)
    is_in(phone)
    phone.force_login(ben.user, backend="resilience.accounts.backend.RoleBackend")
    phone.get("/sign-in/device/")

    assert not asks_again(phone)
    time_passes(minutes=11)
    assert phone.get("/sign-in/device/").status_code == 302


def test_a_page_for_everyone_costs_a_visitor_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/healthz").status_code == 200


def test_the_middleware_itself_costs_no_query(phone, django_assert_num_queries):
    is_in(phone)

    with django_assert_num_queries(0):
        assert phone.get("/healthz").status_code == 200
