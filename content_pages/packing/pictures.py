"""Pictures of a pack: what they are is looked at, not believed."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField

from content_pages.packing.references import PICTURES
from content_pages.packing.writing import OF_PICTURE
from content_pages.packing.writing import PICTURES as LIST
from resilience.participants.packing import fields
from resilience.participants.packing.documents import Broken, Document
from resilience.participants.packing.parts import Folder


@contextmanager
def stored(folder: Folder) -> Iterator[dict[str, int]]:
    """Yield the number of each picture by its name in the pack; their files go again where the pack is refused.

    Raises Broken.
    """
    document, made = folder.document(LIST), {}
    try:
        for name in document.take((), dict):
            made[name] = _stored(document, name, folder.take(name))
        yield {name: picture.pk for name, picture in made.items()}
    except BaseException:
        for picture in made.values():
            picture.file.delete(save=False)
        raise


def _stored(document: Document, name: str, content: bytes) -> object:
    if not name.startswith(PICTURES):
        document.refuse((name,), f"pictures stand below {PICTURES}")
    values = fields.read(document, (name,), get_image_model(), left_out=OF_PICTURE)
    file = SimpleUploadedFile(name.removeprefix(PICTURES), content)
    try:
        WagtailImageField().clean(file)
        Image.open(BytesIO(content)).load()  # to its last line: Wagtail looks at the beginning alone
    except ValidationError as error:
        raise Broken(" ".join(error.messages), file=name) from None
    except (OSError, SyntaxError, ValueError):
        raise Broken("this is not a whole picture", file=name) from None
    file.seek(0)
    picture = get_image_model()(file=file, **values)
    fields.checked(document, (name,), picture).save()
    return picture
