"""What those who run a programme fill in about what is being done."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.organisations.models import Organisation, Unit
from resilience.organisations.system_models import ActionState, Factor, SystemAction

A_PERSON = re.compile(r"@|^\s*(?:Dr|Mr|Mrs|Ms|Miss|Prof)\b\.?\s", re.IGNORECASE)


class ActionNow(forms.Form):
    """How an action stands: what is being done, which post has it, how far it has come."""

    what = forms.CharField(
        label=_("What is being done?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who takes part reads it. Name no person and no event."),
        error_messages={"required": _("Write what is being done, or what was asked for.")},
    )  # fmt: skip
    post = forms.CharField(
        label=_("Who has taken it on?"), max_length=120, required=False,
        help_text=_("A post, not a person’s name. For example: ward manager, head of pharmacy, rota office."),
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("How far has it come?"), widget=forms.RadioSelect,
        choices=[
            (ActionState.RAISED, _("Raised: nobody has it yet")),
            (ActionState.TAKEN_ON, _("Taken on")),
            (ActionState.DONE, _("Done")),
        ],
        error_messages={"required": _("Choose how far it has come.")},
    )  # fmt: skip

    def clean_post(self) -> str:
        """Return the post. Raises ValidationError for what looks like a person."""
        post = self.cleaned_data["post"]
        if A_PERSON.search(post):
            raise forms.ValidationError(_("Write the post, not the person’s name or address."))
        return post

    def clean(self) -> dict:
        """Return what was written, with a message where something is taken on and no post is named."""
        cleaned = super().clean()
        if (
            cleaned.get("state", ActionState.RAISED) != ActionState.RAISED
            and "post" in cleaned
            and not cleaned["post"]
        ):
            self.add_error("post", _("Write which post has taken it on."))
        return cleaned


class NewAction(ActionNow):
    """A new line of the log: where it is, what gets in the way there, and what is being done."""

    where = forms.ChoiceField(label=_("Where?"), error_messages={"required": _("Choose a place.")})
    factor = forms.ChoiceField(
        label=_("What gets in the way?"), choices=[("", _("Choose one of the list")), *Factor.choices],
        error_messages={"required": _("Choose one of the list.")},
    )  # fmt: skip
    field_order = ("where", "factor", "what", "post", "state")

    def __init__(self, *args: object, organisations: list[Organisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, tuple[Organisation, Unit | None]] = {}
        choices = []
        for organisation in organisations:
            for key, name, unit in _places(organisation):
                self.places[key] = organisation, unit
                choices.append((key, name))
        self.fields["where"].choices = choices

    @property
    def place(self) -> tuple[Organisation, Unit | None]:
        """Return the organisation, and the unit where one was chosen."""
        return self.places[self.cleaned_data["where"]]


def _places(organisation: Organisation) -> list[tuple[str, str, Unit | None]]:
    units = organisation.units.order_by("name")
    whole = (str(organisation.pk), organisation.name, None)
    return [whole, *((str(unit.pk), f"{organisation.name}: {unit.name}", unit) for unit in units)]


def now(action: SystemAction) -> dict[str, str]:
    """Return what stands in the form of an action before it is changed."""
    return {"what": action.what, "post": action.post, "state": action.state}
