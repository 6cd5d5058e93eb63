"""What an evaluator says when asking for an export."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Ask(forms.Form):
    """Whether background facts stay as they are, also where somebody could be known by them."""

    exact = forms.BooleanField(
        label=_("Keep every background fact as it is"),
        required=False,
        help_text=_(
            "Leave this empty where you can. Facts that fewer than five people share are then left out, and ages "
            "stand in steps of ten years. Tick it to work out every figure of the report again. Somebody who knows "
            "the people could then find them by what they know."
        ),
    )
