"""One address in several languages: the first without a prefix."""

import pytest
from django.utils import translation

from resilience import languages


@pytest.mark.parametrize(
    ("path", "code", "there"),
    [
        ("/my/", "fr", "/fr/my/"),
        ("/fr/my/", "en-gb", "/my/"),
        ("/fr/my/", "fr", "/fr/my/"),
        ("/my/", "en-gb", "/my/"),
        ("/", "fr", "/fr/"),
        ("/friends/", "fr", "/fr/friends/"),
    ],
)
def test_an_address_is_put_into_a_language(path, code, there):
    assert languages.put(path, code=code) == there


def test_a_language_that_we_do_not_speak_reads_as_the_first():
    with translation.override("ar"):
        assert languages.now() == "en-gb"


@pytest.mark.django_db
def test_a_page_of_an_editor_has_no_other_language(rf):
    request = rf.get("/cms/")
    request.resolver_match = object()

    assert languages.choices(request) == []


@pytest.mark.django_db
def test_who_must_sign_in_is_asked_in_their_language(client):
    answer = client.get("/fr/my/")

    assert answer["Location"].startswith("/fr/accounts/login/")
