"""Pictures and sounds of a pack: what they are is looked at, not believed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField

from content_pages import sounds
from content_pages.packing import references, writing
from resilience.participants.packing import fields
from resilience.participants.packing.documents import Broken, Document
from resilience.participants.packing.parts import Folder

Stored = Callable[[Document, str, bytes], Model]
Numbers = dict[str, int]


@contextmanager
def stored(folder: Folder) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield the number of each picture, and of each sound, by its name in the pack.

    Their files go again where the pack is refused. Raises Broken.
    """
    made: list[Model] = []
    try:
        yield _each(folder, writing.PICTURES, _picture, made), _each_sound(folder, made)
    except BaseException:
        for upload in made:
            upload.file.delete(save=False)
        raise


def _each_sound(folder: Folder, made: list[Model]) -> Numbers:
    """Return the sounds; a pack that has none has no list of them."""
    return _each(folder, writing.SOUNDS, _sound, made) if folder.below(writing.SOUNDS) else {}


def _each(folder: Folder, listed: str, store: Stored, made: list[Model]) -> Numbers:
    document, numbers = folder.document(listed), {}
    for name in document.take((), dict):
        upload = store(document, name, folder.take(name))
        made.append(upload)
        numbers[name] = upload.pk
    return numbers


def _picture(document: Document, name: str, content: bytes) -> Model:
    file = _file(document, name, references.PICTURES, content)
    values = fields.read(document, (name,), get_image_model(), left_out=writing.OF_PICTURE)
    try:
        WagtailImageField().clean(file)
        Image.open(BytesIO(content)).load()  # to its last line: Wagtail looks at the beginning alone
    except ValidationError as error:
        raise Broken(" ".join(error.messages), file=name) from None
    except (OSError, SyntaxError, ValueError):
        raise Broken("this is not a whole picture", file=name) from None
    file.seek(0)
    return _kept(document, name, get_image_model()(file=file, **values))


def _sound(document: Document, name: str, content: bytes) -> Model:
    file = _file(document, name, references.SOUNDS, content)
    values = fields.read(document, (name,), get_document_model(), left_out=writing.OF_SOUND)
    try:
        sounds.check(file)
    except ValidationError as error:
        raise Broken(" ".join(error.messages), file=name) from None
    return _kept(document, name, get_document_model()(file=file, **values))


def _file(document: Document, name: str, below: str, content: bytes) -> SimpleUploadedFile:
    if not name.startswith(below):
        document.refuse((name,), f"this file should stand below {below}")
    return SimpleUploadedFile(name.removeprefix(below), content)


def _kept(document: Document, name: str, upload: Model) -> Model:
    fields.checked(document, (name,), upload).save()
    return upload
