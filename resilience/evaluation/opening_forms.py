"""What opens a new evaluation: for which programme, and what it is called."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience.evaluation.dataset.planning import RESERVED
from resilience.evaluation.models import Evaluation
from resilience.participants.models import Programme

LONGEST_NAME = 200


class NewEvaluation(forms.Form):
    """A programme among those that this evaluator works for, a name, and a short name for the address."""

    programme = forms.ModelChoiceField(
        label=gettext_lazy("Which programme?"), queryset=Programme.objects.none(), to_field_name="slug",
        widget=forms.RadioSelect, empty_label=None,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose one of the programmes.")),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("What is it called?"), max_length=LONGEST_NAME,
        help_text=gettext_lazy("It stands on top of the report. For example: Staff support, spring 2027."),
        error_messages={
            "required": gettext_lazy("Write a name."),
            "max_length": gettext_lazy("Write %(limit_value)s letters or fewer."),
        },
    )  # fmt: skip
    slug = forms.SlugField(
        label=gettext_lazy("Short name"), max_length=50,
        help_text=gettext_lazy(
            "It stands in the address and cannot be changed later. Small letters, digits and dashes."
        ),
        error_messages={
            "required": gettext_lazy("Write a short name."),
            "invalid": gettext_lazy("Use small letters, digits and dashes alone."),
            "max_length": gettext_lazy("Write %(limit_value)s letters or fewer."),
        },
    )  # fmt: skip

    def __init__(self, *args: object, programmes: QuerySet[Programme], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes

    def clean_slug(self) -> str:
        """Return the short name where nobody has it."""
        slug = self.cleaned_data["slug"].lower()
        if slug in RESERVED or Evaluation.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("This short name is taken. Choose another."))
        return slug
