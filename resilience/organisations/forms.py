"""What a lead writes about somebody to talk to, and what a manager says of an organisation."""

import re
from functools import partial

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from resilience.accounts.models import User
from resilience.organisations import logos, national, support
from resilience.organisations.cards import FOR
from resilience.organisations.models import BelongsAs, KindOfHelp, Organisation, SupportRoute, employees

WEB_ADDRESS = partial(forms.URLField, assume_scheme="https")
A_NUMBER = re.compile(r"\+?[0-9][0-9 ]{1,20}")
EVERYONE = ("", _("Everyone there"))
NONE_OF_THESE = ("", _("None of these"))


class Route(forms.ModelForm):
    """One version of a route."""

    owner = forms.ChoiceField(
        label=_("Who keeps it true?"),
        help_text=_("They are written to a month before it ends, and when it has ended."),
    )

    class Meta:
        model = SupportRoute
        fields = (
            "label",
            "text",
            "phone",
            "sms",
            "url",
            "belongs_as",
            "kind_of_help",
            "language",
            "owner",
            "expires_on",
        )
        field_classes = {"url": WEB_ADDRESS}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "phone": forms.TextInput(attrs={"inputmode": "tel", "class": "short"}),
            "sms": forms.TextInput(attrs={"inputmode": "tel", "class": "short"}),
            "belongs_as": forms.RadioSelect,
            "kind_of_help": forms.RadioSelect,
            "expires_on": forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "label": _("What people see first. For example: Occupational health."),
            "text": _("When it is open, what it costs, who hears of it. Two or three short sentences."),
            "kind_of_help": _("Who asks for it in place of a coach is then led here."),
            "expires_on": _(
                "Within a year. After this day it is not shown, until a new version is published."
            ),
        }
        error_messages = {
            "label": {"required": _("Write what it is called.")},
            "expires_on": {"required": _("Choose a day within a year.")},
        }

    def __init__(
        self, *args: object, leads: list[User], languages: list, for_a_country: bool, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].required = True
        self.fields["owner"].choices = [(str(lead.pk), lead.email) for lead in leads]
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=languages)
        self.fields["belongs_as"].choices = [EVERYONE, *FOR.items()]
        self.fields["kind_of_help"].choices = [NONE_OF_THESE, *KindOfHelp.choices]
        if len(settings.LANGUAGES) == 1 or not self.instance._state.adding:
            del self.fields["language"]
        if for_a_country:
            del self.fields["belongs_as"]

    def clean_phone(self) -> str:
        """Return the number where it is one."""
        return _number(self.cleaned_data["phone"])

    def clean_sms(self) -> str:
        """Return the number where it is one."""
        return _number(self.cleaned_data["sms"])

    def clean(self) -> dict:
        """Ask for a way to reach them."""
        said = super().clean()
        if not any(said.get(name) for name in ("text", "phone", "sms", "url")) and not self.errors:
            self.add_error(
                "phone", _("Write at least one way to reach them: a number, a website, or where they are.")
            )
        return said


def _number(typed: str) -> str:
    typed = typed.strip()
    if typed and not A_NUMBER.fullmatch(typed):
        raise forms.ValidationError(_("Write the number with digits and spaces only, like 020 7946 0201."))
    return typed


class OfAPlace(forms.ModelForm):
    """Where an organisation is, and as what people belong to it."""

    country = forms.ChoiceField(
        label=_("Country"), choices=national.COUNTRIES,
        help_text=_("“Help now” shows the national numbers of this country."),
    )  # fmt: skip
    belong_as = forms.MultipleChoiceField(
        label=_("As what do people belong to it?"), widget=forms.CheckboxSelectMultiple, initial=employees,
        choices=[(kind, capfirst(words)) for kind, words in BelongsAs.choices],
        help_text=_("People choose among these when they say where they work or study."),
        error_messages={"required": _("Tick at least one.")},
    )  # fmt: skip


class AnOrganisation(OfAPlace):
    """Name, logo, data controller, incident link, and who keeps its people to talk to."""

    picture = forms.FileField(
        label=_("Logo"), required=False,
        help_text=_("A PNG, JPEG or WebP picture. Leave it empty to keep what is there."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )  # fmt: skip
    without_logo = forms.BooleanField(label=_("Show no logo"), required=False)

    class Meta:
        model = Organisation
        fields = ("name", "country", "belong_as", "data_controller", "incident_url", "leads")
        field_classes = {"incident_url": WEB_ADDRESS}
        widgets = {"leads": forms.CheckboxSelectMultiple}
        labels = {"leads": _("Who keeps its people to talk to?")}
        help_texts = {"leads": _("Leave all empty, and those who lead in its programmes do.")}
        error_messages = {"name": {"required": _("Write what it is called.")}}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leads"].required = False
        self.fields["leads"].queryset = User.objects.filter(
            pk__in=[lead.pk for lead in support.could_lead(self.instance)]
        )
        self.fields["leads"].label_from_instance = lambda lead: lead.email

    def clean_picture(self) -> object:
        """Return the picture drawn anew, where one was chosen."""
        file = self.cleaned_data["picture"]
        if not file:
            return None
        try:
            return logos.drawn_anew(file)
        except logos.NotAPicture:
            raise forms.ValidationError(
                _("This file is not a PNG, JPEG or WebP picture. Choose one that is.")
            ) from None
        except logos.TooLarge:
            raise forms.ValidationError(
                _("This picture is too large. Save it below 1 MB, then choose it again.")
            ) from None
