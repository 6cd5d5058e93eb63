"""What a page names by a number of one site's database, and how a pack names it: pages by key, uploads by file."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import PurePath

from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

LINK = re.compile(r"<a(?= [^>]*linktype=\"page\")[^>]* id=\"([^\"]+)\"[^>]*>")
PICTURES, SOUNDS = "pictures/", "sounds/"


class Outwards:
    """Turns numbers into names, and collects the pictures and sounds that are used."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.keys = {page.pk: str(page.translation_key) for page in pages}
        self.pictures: dict[str, object] = {}
        self.sounds: dict[str, object] = {}

    def leaf(self, block: blocks.Block, value: object) -> object:
        """Return what the pack has in place of a stored leaf."""
        if isinstance(block, blocks.RichTextBlock):
            return self.text(value)
        if isinstance(block, ImageChooserBlock):
            return self.picture(value)
        if isinstance(block, DocumentChooserBlock):
            return self.sound(value)
        return self.page(value) if isinstance(block, blocks.PageChooserBlock) else value

    def text(self, html: str) -> str:
        """Return rich text whose links to pages of the pack name their keys, and to others their addresses."""
        return LINK.sub(lambda link: self._link(int(link.group(1))), html)

    def _link(self, number: int) -> str:
        if number in self.keys:
            return f'<a linktype="page" id="{self.keys[number]}">'
        page = Page.objects.filter(pk=number).first()
        parts = page.get_url_parts() if page else None
        return f'<a href="{parts[2] if parts else "/"}">'

    def page(self, number: int | None) -> str | None:
        """Return the key of a page of the pack; none for one that stays behind."""
        return self.keys.get(number)

    def picture(self, number: int | None) -> str | None:
        """Return the name of a picture's file in the pack."""
        return _named(PICTURES, get_image_model().objects.filter(pk=number).first(), self.pictures)

    def sound(self, number: int | None) -> str | None:
        """Return the name of a sound's file in the pack."""
        return _named(SOUNDS, get_document_model().objects.filter(pk=number).first(), self.sounds)


def _named(below: str, upload: object | None, used: dict[str, object]) -> str | None:
    """Return the name that an upload has by its content, and note that it is used; none where it is gone."""
    if upload is None:
        return None
    with upload.file.open("rb") as stream:
        mark = hashlib.sha256(stream.read()).hexdigest()[:20]
    name = f"{below}{mark}{PurePath(upload.file.name).suffix.lower()}"
    used[name] = upload
    return name


class Inwards:
    """Turns names into the numbers that they have here."""

    def __init__(self, pictures: dict[str, int], sounds: dict[str, int]) -> None:
        self.pictures, self.sounds, self.pages = pictures, sounds, {}

    def leaf(self, block: blocks.Block, value: object) -> object:
        """Return what is stored here for a leaf of the pack. Raises KeyError for a name that the pack has not."""
        if value is None:
            return None
        if isinstance(block, blocks.RichTextBlock):
            return self.text(value)
        if isinstance(block, ImageChooserBlock):
            return self.pictures[value]
        if isinstance(block, DocumentChooserBlock):
            return self.sounds[value]
        return self.pages[value] if isinstance(block, blocks.PageChooserBlock) else value

    def text(self, html: str) -> str:
        """Return rich text whose links name pages here. Raises KeyError."""
        return LINK.sub(lambda link: f'<a linktype="page" id="{self.pages[link.group(1)]}">', html)
