"""What a manager says of an organisation: its logo is a picture, and no other organisation's is theirs to change."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from resilience.accounts.models import Role
from resilience.organisations.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.participants import ProgrammeFactory

pytestmark = pytest.mark.django_db

SAID = {
    "name": "Riverside Trust",
    "country": "GB",
    "belong_as": ["EMPLOYEE"],
    "data_controller": "Riverside Trust",
    "incident_url": "https://example.org/r",
}
ADDRESS = "/manage/organisations/riverside/"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def manager(sign_in, settings, tmp_path) -> Client:
    """A browser of the manager of Ada's programme."""
    settings.MEDIA_ROOT = tmp_path
    ProgrammeFactory()
    return sign_in(UserFactory(roles=[Role.MANAGER], roles__programme="steady"))


def picture(kind: str, size: tuple[int, int] = (900, 300), name: str = "logo.png") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind)
    return SimpleUploadedFile(name, drawn.getvalue())


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew_and_served(manager, kind):
    answer = manager.post(ADDRESS, SAID | {"picture": picture(kind)})

    assert answer.url == "/manage/"
    stored = Organisation.objects.get()
    with Image.open(stored.logo.path) as logo:
        assert (logo.format, max(logo.size)) == ("PNG", 480)
    assert Client().get(stored.logo.url).status_code == 200


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("logo.png", SVG), "not a PNG, JPEG or WebP picture"),
        (SimpleUploadedFile("logo.png", b"GIF89a not one"), "not a PNG, JPEG or WebP picture"),
        (SimpleUploadedFile("logo.png", b"x" * 1_000_001), "too large"),
        (picture("PNG", (4001, 4001)), "too large"),
        (picture("GIF"), "not a PNG, JPEG or WebP picture"),
    ],
    ids=["svg", "text", "heavy", "wide", "gif"],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_words(manager, file, said):
    file.seek(0)
    answer = manager.post(ADDRESS, SAID | {"picture": file})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Organisation.objects.get().logo


def test_the_logo_stays_unless_another_or_none_is_asked_for(manager):
    manager.post(ADDRESS, SAID | {"picture": picture("PNG")})

    manager.post(ADDRESS, SAID)
    assert Organisation.objects.get().logo

    manager.post(ADDRESS, SAID | {"without_logo": "on"})
    assert not Organisation.objects.get().logo


def test_a_manager_changes_no_other_organisation(manager):
    OrganisationFactory(slug="hilltop", name="Hilltop Trust")

    assert manager.get("/manage/organisations/hilltop/").status_code == 404
    assert "Hilltop" not in manager.get("/manage/").content.decode()
    assert manager.get(ADDRESS).status_code == 200


def test_the_leads_of_an_organisation_are_chosen_among_those_of_its_programmes(manager):
    own = UserFactory(email="lee@example.org", roles=[Role.SAFEGUARDING_LEAD], roles__programme="steady")
    UserFactory(email="other@example.org", roles=[Role.SAFEGUARDING_LEAD], roles__programme="another")

    page = manager.get(ADDRESS).content.decode()
    manager.post(ADDRESS, SAID | {"leads": [str(own.pk)]})

    assert "lee@example.org" in page
    assert "other@example.org" not in page
    assert list(Organisation.objects.get().leads.all()) == [own]


def test_its_country_and_who_belongs_to_it_are_kept_and_help_now_follows(manager):
    manager.post(ADDRESS, SAID | {"country": "US", "belong_as": ["EMPLOYEE", "STUDENT"]})

    made = Organisation.objects.get()
    assert (made.country, made.belong_as) == ("US", ["EMPLOYEE", "STUDENT"])
    assert "988" in Client().get("/help-now/").content.decode()


@pytest.mark.parametrize("wrong", [{"belong_as": []}, {"belong_as": ["OWNER"]}, {"country": "XX"}])
def test_an_organisation_is_somewhere_and_somebody_belongs_to_it(manager, wrong):
    answer = manager.post(ADDRESS, SAID | wrong)

    assert answer.status_code == 422
    assert (Organisation.objects.get().country, Organisation.objects.get().belong_as) == ("GB", ["EMPLOYEE"])
