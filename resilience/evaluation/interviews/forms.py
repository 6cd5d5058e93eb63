"""What is asked to draw people, and of somebody who was drawn."""

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.evaluation.interview_models import Stratum
from resilience.evaluation.interviews.drawing import AT_MOST


class Draw(forms.Form):
    """How many, by what they are to differ, and the seed."""

    wanted = forms.IntegerField(
        label=_("How many people?"), min_value=1, max_value=AT_MOST,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Write a number from 1 to 50.")
        ),
    )  # fmt: skip
    strata = forms.MultipleChoiceField(
        label=_("From which groups, as evenly as their sizes allow?"), required=False, choices=Stratum.choices,
        help_text=_("Tick nothing to draw from everybody alike."), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    seed = forms.CharField(
        label=_("Seed"), required=False, max_length=40,
        help_text=_("Leave it empty and one is made. With the same seed the same people are drawn again."),
        widget=forms.TextInput(attrs={"class": "short", "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip


class Reply(forms.Form):
    """How somebody who says yes would like to be reached."""

    reach = forms.CharField(
        label=_("How can we reach you?"), required=False, max_length=300,
        help_text=_("Leave it empty, and we write to the address with which you sign in."),
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )  # fmt: skip
