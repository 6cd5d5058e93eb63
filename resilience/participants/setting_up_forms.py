"""What is asked to set up an organisation, a programme and a group."""

from datetime import date
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from resilience.organisations.forms import OfAPlace
from resilience.organisations.models import Organisation
from resilience.participants.models import Cohort, Programme
from resilience.participants.setting_up import RESERVED
from resilience.participants.wording import Wording

TAKEN = _("This short name is taken. Choose another.")
SHAPE = _("Use small letters, digits and hyphens only, for example staff-support.")
SHORT_NAME = _("It stands in addresses and cannot be changed later. Small letters, digits and hyphens.")


class ShortName(forms.SlugField):
    """The word that stands in addresses."""

    default_error_messages = {"required": _("Write a short name.")}

    def __init__(self, **kwargs: object) -> None:
        super().__init__(label=_("Short name"), help_text=SHORT_NAME, max_length=50, **kwargs)

    def clean(self, value: str) -> str:
        """Return the word in small letters. Raises ValidationError, in words."""
        cleaned = super().clean((value or "").strip().lower())
        if cleaned in RESERVED:
            raise ValidationError(_("The site uses this word itself. Choose another."))
        return cleaned

    def run_validators(self, value: str) -> None:
        """Say the shape in our words."""
        try:
            super().run_validators(value)
        except ValidationError:
            raise ValidationError(SHAPE) from None


class NewOrganisation(OfAPlace):
    """Who runs programmes."""

    slug = ShortName(error_messages={"unique": TAKEN})
    incident_url = forms.URLField(
        label=_("Where do staff report an incident?"), required=False, assume_scheme="https", max_length=200,
        help_text=_("The web address of the usual form. This site takes no reports of incidents."),
        error_messages={"invalid": _("Write a web address that starts with https://")},
    )  # fmt: skip

    class Meta:
        model = Organisation
        fields = ["name", "slug", "country", "belong_as", "data_controller", "incident_url"]
        labels = {
            "name": _("Name of the organisation"),
            "data_controller": _("Who answers for personal data?"),
        }
        help_texts = {
            "data_controller": _("The body in law that decides how personal data are used, with an address."),
        }
        error_messages = {
            "name": {"required": _("Write the name.")},
            "slug": {"unique": TAKEN},
            "data_controller": {"required": _("Write who answers for personal data.")},
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["data_controller"].required = True


def _time_zones() -> list[tuple[str, str]]:
    return [(each, each.replace("_", " ")) for each in sorted(available_timezones()) if "/" in each]


class OwnWord(forms.Form):
    """The programme's own word for turning to somebody."""

    wording = forms.ChoiceField(
        label=_("The programme’s own word"), widget=forms.RadioSelect, initial=Wording.ASKING,
        choices=[(code, capfirst(word)) for code, word in Wording.choices],
        help_text=_(
            "Some people do not like “ask for help”. Its pages say this word wherever an editor left a place for it."
        ),
        error_messages={"required": _("Choose one of the three.")},
    )  # fmt: skip


class NewProgramme(OwnWord, forms.ModelForm):
    """A programme, before it has any pages."""

    ASKS = [
        (
            "usual",
            _(
                "The usual questions: before, after the parts, after eight weeks, six weeks and four months on"
            ),
        ),
        ("none", _("No questions yet")),
    ]
    slug = ShortName(error_messages={"unique": TAKEN})
    asks = forms.ChoiceField(
        label=_("What is asked of people?"), widget=forms.RadioSelect, choices=ASKS, initial="usual",
        error_messages={"required": _("Choose one of the two.")},
    )  # fmt: skip
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=_time_zones,
        initial=settings.TIME_ZONE, help_text=_("For people who have not said where they are."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language"), choices=lambda: settings.LANGUAGES, initial=settings.LANGUAGE_CODE
    )

    class Meta:
        model = Programme
        fields = ["public_name", "slug", "organisation", "wording", "language", "time_zone"]
        labels = {"public_name": _("Name that people see"), "organisation": _("Organisation")}
        help_texts = {
            "public_name": _("Free text. Choose a name that nobody minds seeing on a shared screen.")
        }
        error_messages = {
            "public_name": {"required": _("Write the name.")},
            "slug": {"unique": TAKEN},
            "organisation": {"required": _("Choose an organisation.")},
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].empty_label = _("Choose an organisation")


class NewGroup(forms.ModelForm):
    """People who go through a programme in the same months."""

    WAYS = [
        ("open", _("Anybody may join, without an invitation")),
        ("invited", _("Only people with an invitation link")),
    ]
    opens_on = forms.DateField(
        label=_("First day on which people can join"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day as year-month-day.")},
    )  # fmt: skip
    closes_on = forms.DateField(
        label=_("Last day on which people can join"), required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Leave it empty where people may join at any time."),
        error_messages={"invalid": _("Write the day as year-month-day.")},
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("Who may join?"), widget=forms.RadioSelect, choices=WAYS,
        error_messages={"required": _("Choose one of the two.")},
    )  # fmt: skip

    class Meta:
        model = Cohort
        fields = ["name", "opens_on", "closes_on"]
        labels = {"name": _("Name of the group")}
        help_texts = {"name": _("For those who run the programme, for example: Autumn 2026.")}
        error_messages = {"name": {"required": _("Write a name.")}}

    def __init__(self, *args: object, programme: Programme, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        self.fields["opens_on"].initial = today

    def clean(self) -> dict:
        """Return what was typed, with words where days or names do not fit together."""
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day comes before the first. Choose a later one."))
        names = Cohort.objects.filter(programme=self.instance.programme, name=cleaned.get("name"))
        if names.exists():
            self.add_error("name", _("This programme has a group of that name. Choose another."))
        self.instance.open_enrolment = cleaned.get("way") == "open"
        return cleaned


class Information(forms.Form):
    """The sheet that people read before they join."""

    text = forms.CharField(
        label=_("Information for people who think about joining"), max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 30}),
        help_text=_(
            "An empty line starts a paragraph, ## a heading, - a list. Two stars around **words** make them bold."
        ),
        error_messages={"required": _("Write what people should know before they join.")},
    )  # fmt: skip
