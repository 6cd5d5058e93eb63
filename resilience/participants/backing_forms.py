"""What a manager enters before calls are switched on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.participants.models import CallBacking
from resilience.participants.roles_of_calls import ALWAYS, RoleOfCalls

OTHERS = [(role.value, role.label) for role in RoleOfCalls if role != ALWAYS]


class Backing(forms.Form):
    """A supervisor, cover, a scope, and other roles where the programme offers them."""

    supervisor = forms.CharField(
        label=_("Who is the coaches' supervisor?"), max_length=120,
        help_text=_("A person whom coaches can talk a call over with. Not somebody who appraises them."),
        error_messages={"required": _("Write the supervisor's name.")},
    )  # fmt: skip
    supervisor_email = forms.EmailField(
        label=_("The supervisor's e-mail address"),
        help_text=_(
            "When a coach asks to talk a call over, we write here. The message names no participant."
        ),
        error_messages={
            "required": _("Write an address that we can write to."),
            "invalid": _("Write an address like name@example.org."),
        },
    )
    cover = forms.CharField(
        label=_("What happens when a coach cannot?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who steps in when a coach is ill or away, and by when."),
        error_messages={"required": _("Write what happens when a coach cannot.")},
    )  # fmt: skip
    scope = forms.CharField(
        label=_("What are these calls, and what are they not?"), max_length=300,
        help_text=_("One sentence. Coaches and participants read it."),
        error_messages={"required": _("Write one sentence, such as: These calls are coaching, not therapy.")},
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label=_("Besides coaches, does this programme offer"), choices=OTHERS, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each two people who talk have one role, and agree on it. Most programmes offer coaches alone."),
    )  # fmt: skip

    @classmethod
    def known(cls, backing: CallBacking | None) -> dict:
        """Return what the form begins with."""
        if backing is None:
            return {
                "scope": _("These calls are coaching, not therapy, and not a judgement of anybody's work.")
            }
        return {name: getattr(backing, name) for name in cls.base_fields}
