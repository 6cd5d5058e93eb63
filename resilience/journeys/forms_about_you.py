"""What is asked about a person, how they are reached, and what a manager says of why."""

from django import forms
from django.utils.html import conditional_escape
from django.utils.translation import gettext_lazy as _

from resilience.participants import about_you
from resilience.participants.models import Cohort, Programme, ResultsShown
from resilience.telephony import numbers

CHOOSE = {"required": _("Choose one.")}


class Reach(forms.Form):
    """A name for a coach and, where calls or texts were agreed to, a number."""

    chosen_name = forms.CharField(
        label=_("What shall a coach call you?"),
        max_length=60,
        required=False,
        help_text=_("A first name or any name. Nobody else is shown it."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    phone = forms.CharField(
        label=_("Your telephone number"),
        max_length=40,
        required=False,
        help_text=_(
            "For what you agreed to: calls, texts or both. Your coach never sees it. You can add it later."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "class": "short"}),
    )

    def __init__(self, *args: object, with_number: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not with_number:
            del self.fields["phone"]

    def clean_phone(self) -> str:
        """Return what was typed where it is a number that we can ring."""
        typed = self.cleaned_data["phone"]
        if typed.strip():
            try:
                numbers.parse(typed)
            except numbers.NotANumber as fault:
                raise forms.ValidationError(str(fault)) from None
        return typed


class AboutYou(Reach):
    """Five questions, each of which may be left out, then how a coach reaches the person."""

    profession = forms.ChoiceField(
        label=_("What is your profession?"),
        widget=forms.RadioSelect,
        required=False,
        choices=about_you.PROFESSIONS,
    )
    level = forms.ChoiceField(
        label=_("How far along are you?"), widget=forms.RadioSelect, required=False, choices=about_you.LEVELS
    )
    workplace = forms.ChoiceField(
        label=_("Where do you work or study?"), widget=forms.RadioSelect, required=False
    )
    gender = forms.ChoiceField(
        label=_("How do you describe your gender?"),
        widget=forms.RadioSelect,
        required=False,
        choices=about_you.GENDERS,
    )
    shifts = forms.ChoiceField(
        label=_("Which shifts do you usually work?"),
        widget=forms.RadioSelect,
        required=False,
        choices=about_you.SHIFTS,
    )
    field_order = ["profession", "level", "workplace", "gender", "shifts", "chosen_name", "phone"]

    def __init__(self, *args: object, cohort: Cohort, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workplace"].choices = about_you.workplaces(cohort)
        unit = about_you.why(cohort.programme, about_you.UNIT)
        for name, use in about_you.USES.items():
            self.fields[name].help_text = (
                f"{use} {conditional_escape(unit)}".strip() if name == "workplace" else use
            )


class Further(forms.Form):
    """The questions of a page of their own, each with the programme's own sentence on why it is asked."""

    def __init__(self, *args: object, programme: Programme, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in about_you.further(programme):
            label, choices = about_you.OF_THEIR_OWN_PAGE[name]
            self.fields[name] = forms.ChoiceField(
                label=label,
                help_text=conditional_escape(about_you.why(programme, name)),
                widget=forms.RadioSelect,
                required=False,
                choices=choices,
            )


class Asked(forms.Form):
    """Why a programme asks more about people, and when they see their own results."""

    ABOUT = {
        about_you.UNIT: _("The unit or ward where somebody works"),
        "ethnicity": _("Ethnic background"),
        "disability": _("Disability or long-lasting health condition"),
        "age_band": _("Age, in bands of ten years"),
    }
    results_shown = forms.ChoiceField(
        label=_("When do people see their own results?"),
        widget=forms.RadioSelect,
        choices=ResultsShown.choices,
        help_text=_(
            "Knowing them can change later answers. The report says what is chosen here, and how many looked."
        ),
        error_messages=CHOOSE,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.ABOUT.items():
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=300,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_(
                    "Why is it asked? One sentence, which people read beside the question. Empty: not asked."
                ),
            )
        self.order_fields([*self.ABOUT, "results_shown"])
