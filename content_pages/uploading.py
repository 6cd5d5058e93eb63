"""What an editor may upload beside pictures: sounds. Pictures are looked at by Wagtail's own form."""

from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm

from content_pages import sounds


class SoundForm(BaseDocumentForm):
    """Takes an upload where it is a sound and nothing else: no other kind of file is shown on any page."""

    def clean_file(self) -> UploadedFile:
        """Return the file. Raises ValidationError, in words, for what is no sound."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            sounds.check(file)
        return file
