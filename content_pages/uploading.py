"""What an editor may upload: pictures and sounds that are what they say."""

import struct
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from content_pages import sounds

BROKEN = (OSError, SyntaxError, ValueError, struct.error)  # what Pillow raises over half of a file


class PictureForm(BaseImageForm):
    """Takes a picture that can be read to its end; Wagtail looks at its kind, its bytes and its dots."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].to_python = _readable(self.fields["file"].to_python)


def _readable(read: Callable) -> Callable:
    def reads(data: object) -> UploadedFile | None:
        try:
            return read(data)
        except BROKEN:
            raise ValidationError(_("This picture is broken. Export it again and upload that.")) from None

    return reads


class SoundForm(BaseDocumentForm):
    """Takes an upload where it is a sound and nothing else: no other kind of file is shown on any page."""

    def clean_file(self) -> UploadedFile:
        """Return the file. Raises ValidationError, in words, for what is no sound."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            sounds.check(file)
        return file
