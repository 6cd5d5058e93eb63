"""The pages of a programme as files: one for each page, with its place in the file's name."""

from collections.abc import Iterator

from django.utils.text import slugify
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from content_pages.models import HomePage, ProgrammePage, ProgrammesPage
from content_pages.packing import columns, streams
from content_pages.packing.references import Outwards
from resilience.participants.models import Programme
from resilience.participants.packing import fields
from resilience.participants.packing.documents import dump

PAGES, FRONT = "pages/", "front/"
PICTURES, SOUNDS = "pictures.json", "sounds.json"
PROGRAMME, HOME = "/programme.json", "/home.json"
OF_SOUND = {"id", "collection", "file", "created_at", "uploaded_by_user", "file_size", "file_hash"}
OF_PICTURE = OF_SOUND | {"width", "height"}


def write(programme: Programme) -> dict[str, bytes]:
    """Return the files of a programme's pages, those of the front page, and what was uploaded for them."""
    placed = {**_tops(programme), **_fronts()}
    outwards = Outwards(placed.values())
    files = {name: dump(_page(page, outwards)) for name, page in placed.items()}
    files |= _uploads(PICTURES, outwards.pictures, OF_PICTURE)
    return files | (_uploads(SOUNDS, outwards.sounds, OF_SOUND) if outwards.sounds else {})


def _tops(programme: Programme) -> dict[str, Page]:
    tops = ProgrammePage.objects.filter(slug=programme.slug).select_related("locale").order_by("path")
    return {
        name: page
        for top in tops
        for name, page in _below(top, f"{PAGES}{top.locale.language_code.lower()}{PROGRAMME}")
    }


def _fronts() -> dict[str, Page]:
    """Return the front page in each language with what stands below it, but for the programmes."""
    return {
        name: page
        for home in HomePage.objects.select_related("locale").order_by("path")
        for name, page in _below(home, f"{FRONT}{home.locale.language_code.lower()}{HOME}")
    }


def _below(page: Page, name: str) -> Iterator[tuple[str, Page]]:
    yield name, page
    children = [child for child in page.get_children().specific() if not isinstance(child, ProgrammesPage)]
    for number, child in enumerate(children, start=1):
        inside = name.removesuffix(".json")
        yield from _below(child, f"{inside}/{number:02d}-{slugify(child.slug)[:60] or 'page'}.json")


def _page(page: Page, outwards: Outwards) -> dict:
    shown = page if page.live or page.latest_revision is None else page.get_latest_revision_as_object()
    return {
        "type": page._meta.object_name,
        "translation_key": str(page.translation_key),
        "live": page.live,
        "fields": {field.name: _field(shown, field, outwards) for field in columns.of(type(page))},
    }


def _field(page: Page, field: object, outwards: Outwards) -> object:
    if isinstance(field, StreamField):
        return streams.mapped(field.stream_block, list(getattr(page, field.name).raw_data), outwards.leaf)
    if isinstance(field, RichTextField):
        return outwards.text(getattr(page, field.name))
    if columns.leads_to_a_page(field):
        return outwards.page(getattr(page, field.attname))
    if columns.is_picture(field):
        return outwards.picture(getattr(page, field.attname))
    return fields.plain(page, field)


def _uploads(listed: str, used: dict[str, object], left_out: set[str]) -> dict[str, bytes]:
    said = {name: fields.write(upload, left_out=left_out) for name, upload in used.items()}
    return {listed: dump(said), **{name: _bytes(upload) for name, upload in used.items()}}


def _bytes(upload: object) -> bytes:
    with upload.file.open("rb") as stream:
        return stream.read()
