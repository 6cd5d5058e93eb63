"""What a manager writes for a programme's papers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.participants.models import Papers


class PapersForm(forms.ModelForm):
    """Whom to ask, where to join, who stands for it."""

    class Meta:
        model = Papers
        fields = ["contact", "address", "sponsor", "approval", "registered"]
        labels = {
            "contact": _("Whom can people ask before they join?"),
            "address": _("A short address for the poster"),
            "sponsor": _("Who is the sponsor?"),
            "approval": _("Who approved it, and under which number?"),
            "registered": _("Where is it registered, and under which number?"),
        }
        help_texts = {
            "contact": _(
                "A name or a post, with a telephone number or an address. Nobody who manages staff."
            ),
            "address": _(
                "Leave it empty for the front page of this site. Or write one of your own that leads here, "
                "or a link for a poster that you made under “Groups and invitations”."
            ),
            "approval": _("For example: the name of the ethics committee, 26/NW/0123."),
            "registered": _("For example: ISRCTN, or the Open Science Framework."),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            field.widget.attrs["spellcheck"] = "false"
