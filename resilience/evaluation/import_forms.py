"""What an evaluator gives with a pack from elsewhere."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience.evaluation.dataset.planning import RESERVED


class Upload(forms.Form):
    """A ZIP file, and the name that its programme and evaluation have or get."""

    slug = forms.SlugField(
        label=gettext_lazy("Short name"),
        max_length=50,
        help_text=gettext_lazy(
            "Small letters, digits and dashes, as in autumn-2026. It becomes part of the address."
        ),
        error_messages={
            "required": gettext_lazy("Write a short name."),
            "invalid": gettext_lazy("Use small letters, digits and dashes alone."),
        },
    )
    pack = forms.FileField(
        label=gettext_lazy("The pack, as one ZIP file"),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={
            "required": gettext_lazy("Choose a ZIP file."),
            "empty": gettext_lazy("This file is empty. Choose another."),
        },
    )

    def __init__(self, *args: object, allowed: set[str] | None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.allowed = allowed
        most = settings.MOST_BYTES_OF_A_PACK // 1_000_000
        self.fields["pack"].help_text = _("Up to {most} MB.").format(most=most)

    def clean_slug(self) -> str:
        """Return the name where this evaluator may use it."""
        slug = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise forms.ValidationError(_("This name cannot be used. Choose another."))
        if self.allowed is not None and slug not in self.allowed:
            names = ", ".join(sorted(self.allowed))
            raise forms.ValidationError(
                _("You can take data in for these alone: {names}. Ask the manager for more.").format(
                    names=names
                )
            )
        return slug

    def clean_pack(self) -> UploadedFile:
        """Return the file where it is not too large."""
        pack = self.cleaned_data["pack"]
        if pack.size > settings.MOST_BYTES_OF_A_PACK:
            raise forms.ValidationError(
                _(
                    "This file is larger than {most} MB. The command import_dataset takes larger packs."
                ).format(most=settings.MOST_BYTES_OF_A_PACK // 1_000_000)
            )
        return pack


class GoOn(forms.Form):
    """Whether the rows that are named may be left out."""

    leave_out = forms.BooleanField(
        label=gettext_lazy("Leave out the rows named above and take in the others"), required=False
    )
