"""What is asked around a sign-in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.accounts import device


class Device(forms.Form):
    """Whose device this is."""

    device = forms.ChoiceField(
        label=_("Whose device is this?"),
        widget=forms.RadioSelect,
        choices=[(device.OWN, _("My own phone or computer")), (device.SHARED, _("A shared computer"))],
        error_messages={"required": _("Choose one of the two.")},
    )


class Code(forms.Form):
    """A code that came by e-mail."""

    code = forms.CharField(
        label=_("The code"), max_length=20, error_messages={"required": _("Type the code from the message.")}
    )
