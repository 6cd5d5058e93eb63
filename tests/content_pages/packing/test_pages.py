"""Pages with pictures, links and drafts, out and in again."""

import io
import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from content_pages.models import ActivityPage, HomePage, ModulePage, ProgrammePage, PublicPage
from resilience.participants.models import Programme
from resilience.participants.packing import documents, whole, zips
from tests.factories.content_pages import PublicPageFactory, steady_ground
from tests.factories.packs import changed, files_of
from tests.factories.participants import ProgrammeFactory

ACTIVITY = "pages/en-gb/programme/01-being-human-at-work/01-good-people-hard-jobs.json"
RAIN = b"OggS" + bytes(60)


@pytest.fixture
def picture(db) -> object:
    """A small picture with its licence."""
    raw = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(raw, "PNG")
    return get_image_model().objects.create(title="A bench", file=ImageFile(raw, name="bench.png"))


@pytest.fixture
def sound(db) -> object:
    """A sound that an editor uploaded."""
    return get_document_model().objects.create(title="Rain", file=ContentFile(RAIN, name="rain.ogg"))


@pytest.fixture
def rich(picture, sound) -> Programme:
    """A programme whose pages show a picture, play a sound and lead to each other, and one that nobody sees yet."""
    made = ProgrammeFactory()
    programme = steady_ground()
    later = ModulePage.objects.get(slug="thinking-habits")
    page = ActivityPage.objects.get(slug="good-people-hard-jobs")
    away = PublicPage.objects.get()
    page.body = [
        {"type": "text", "value": f'<p><a id="{later.pk}" linktype="page">on</a></p>'},
        {"type": "text", "value": f'<p><a linktype="page" id="{away.pk}">first</a></p>'},
        {
            "type": "photograph",
            "value": {
                "picture": {"image": picture.pk, "decorative": False, "alt_text": "A bench"},
                "caption": "Photograph: the ward, CC BY 4.0",
            },
        },
        {
            "type": "sound",
            "value": {"title": "Rain", "sound": "", "upload": sound.pk, "transcript": "<p>Rain falls.</p>"},
        },
    ]
    page.save_revision().publish()
    draft = ModulePage(title="Not yet", slug="not-yet", summary="Soon.", minutes=5, live=False)
    programme.add_child(instance=draft)
    draft.title = "Not yet, in other words"
    draft.save_revision()
    return made


@pytest.fixture
def elsewhere(rich, tuesday, another_site) -> bytes:
    """Its pack, on another site."""
    raw = whole.export(programme=rich, by=None, now=tuesday)
    another_site()
    return raw


def test_pictures_sounds_links_and_drafts_come_through(elsewhere, tuesday):
    made = whole.bring_in(raw=elsewhere, by=None, now=tuesday)

    assert whole.export(programme=made, by=None, now=tuesday) == elsewhere
    made.refresh_from_db()
    assert made.modules == ModulePage.objects.live().count() == 2
    body = ActivityPage.objects.get(slug="good-people-hard-jobs").body
    assert f'id="{ModulePage.objects.get(slug="thinking-habits").pk}"' in body[0].value.source
    assert f'id="{PublicPage.objects.get().pk}"' in body[1].value.source
    assert body[2].value["picture"].title == "A bench"
    assert body[2].value["caption"] == "Photograph: the ward, CC BY 4.0"
    with body[3].value["upload"].open_file() as file:
        assert (body[3].value["upload"].title, file.read()) == ("Rain", RAIN)
    draft = ModulePage.objects.get(slug="not-yet")
    assert not draft.live
    assert draft.get_latest_revision_as_object().title == "Not yet, in other words"


def test_a_picture_that_is_none_is_refused_and_leaves_no_file(elsewhere, tuesday, settings):
    files = files_of(elsewhere)
    name = next(each for each in files if each.startswith("pictures/"))
    before = set((settings.MEDIA_ROOT / "original_images").glob("*"))

    for content in (b"<svg onload=x>", files[name][:60]):
        with pytest.raises(documents.Broken, match=name):
            whole.bring_in(raw=zips.pack({**files, name: content}), by=None, now=tuesday)
    with pytest.raises(documents.Broken, match=ACTIVITY):
        whole.bring_in(raw=changed(elsewhere, ACTIVITY, spoilt), by=None, now=tuesday)

    assert set((settings.MEDIA_ROOT / "original_images").glob("*")) == before
    assert not get_image_model().objects.exists()


def spoilt(page: dict) -> None:
    page["fields"]["minutes"] = 60


def test_a_sound_that_is_none_is_refused_by_name_and_leaves_no_file(elsewhere, tuesday, settings):
    files = files_of(elsewhere)
    name = next(each for each in files if each.startswith("sounds/"))
    before = set((settings.MEDIA_ROOT / "documents").glob("*"))

    for content in (b"<!doctype html><script>alert(1)</script>", b""):
        with pytest.raises(documents.Broken, match=name):
            whole.bring_in(raw=zips.pack({**files, name: content}), by=None, now=tuesday)
    with pytest.raises(documents.Broken, match=ACTIVITY):
        whole.bring_in(raw=changed(elsewhere, ACTIVITY, spoilt), by=None, now=tuesday)

    assert set((settings.MEDIA_ROOT / "documents").glob("*")) == before
    assert not get_document_model().objects.exists()


def test_a_pack_without_uploaded_sounds_has_no_list_of_them(picture, tuesday):
    made = ProgrammeFactory()
    steady_ground()

    assert "sounds.json" not in files_of(whole.export(programme=made, by=None, now=tuesday))


@pytest.mark.parametrize("kind", ["pictures", "sounds"])
def test_an_upload_that_is_not_in_the_pack_is_refused(elsewhere, tuesday, kind):
    files = files_of(elsewhere)
    name = next(each for each in files if each.startswith(f"{kind}/"))
    del files[name]
    said = json.loads(files[f"{kind}.json"])
    said.pop(name)
    files[f"{kind}.json"] = documents.dump(said)

    with pytest.raises(
        documents.Broken, match=rf"{ACTIVITY}, line \d+: it names a page, a picture or a sound"
    ):
        whole.bring_in(raw=zips.pack(files), by=None, now=tuesday)


def test_a_site_with_a_front_page_keeps_its_own_and_gets_what_it_lacks(elsewhere, tuesday):
    home = steady_ground().get_parent().get_parent().specific
    ProgrammePage.objects.get().delete()
    PublicPage.objects.all().delete()
    home.title = "Ours"
    home.save()
    home.refresh_from_db()
    PublicPageFactory(parent=home, title="A sample")

    whole.bring_in(raw=elsewhere, by=None, now=tuesday)

    assert HomePage.objects.get().title == "Ours"
    assert set(PublicPage.objects.values_list("slug", flat=True)) == {"a-sample", "the-first-days"}
    assert ProgrammePage.objects.get().get_parent().get_parent().pk == home.pk
