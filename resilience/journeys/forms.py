"""What is asked on the way in, and on the pages about one's own data."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.utils.html import conditional_escape
from django.utils.translation import gettext_lazy as _

from resilience import clock
from resilience.journeys import joining, pausing
from resilience.participants import about_you, reasons
from resilience.participants.models import (
    Cohort,
    Enrolment,
    Programme,
    Purpose,
    Readiness,
    ResultsShown,
    Stage,
    Withdrawal,
)
from resilience.telephony import numbers

CHOOSE = {"required": _("Choose one.")}


class Address(forms.Form):
    """Where the code goes."""

    email = forms.EmailField(
        label=_("Your private e-mail address"),
        help_text=_(
            "Work mail is rarely on your phone, others may be able to read it, and it ends when the job ends."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": _("Write the address that the code should go to.")},
    )


WORDS = {
    Purpose.TAKE_PART: (
        _("I take part"),
        _("You read the pages and keep what you make. You can stop on any day. This one is needed."),
    ),
    Purpose.EVALUATION: (
        _("Use my answers in the evaluation"),
        _("Under a number, not your name; seen only as figures for ten or more people."),
    ),
    Purpose.CALLS: (
        _("Offer me calls"),
        _("One or two calls with a coach, half an hour each. You book them or you do not."),
    ),
    Purpose.TEXTS: (
        _("Send me texts"),
        _("Reminders of calls and pages, without names. Reply STOP to end them."),
    ),
    Purpose.QUOTES: (
        _("Quote my words without my name"),
        _("Only what you write to the makers, never an exercise."),
    ),
    Purpose.INTERVIEW: (_("Ask me for an interview"), _("By e-mail, once. You can say no then.")),
    Purpose.SHARING: (
        _("Share data that cannot identify me with other researchers"),
        _("Only where nobody could work out that it is you."),
    ),
    Purpose.AVOIDANCE: (
        _("Ask me about ways of coping that people seldom speak of"),
        _(
            "For example, putting it out of your mind. A few questions more; without this tick you are not asked them."
        ),
    ),
}


class Consents(forms.Form):
    """A tick for each purpose, each its own; only the first is needed."""

    def __init__(self, *args: object, purposes: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.purposes = purposes
        for purpose in purposes:
            label, hint = WORDS[Purpose(purpose)]
            self.fields[purpose.lower()] = forms.BooleanField(
                label=label, help_text=hint, required=purpose == Purpose.TAKE_PART
            )
        self.fields["take_part"].error_messages["required"] = _(
            "Tick this one to take part. Without it, nothing is stored but your sign-in, and you can leave this page."
        )

    @property
    def given(self) -> set[str]:
        """Return the purposes that were ticked."""
        return {purpose for purpose in self.purposes if self.cleaned_data.get(purpose.lower())}


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
            "For the calls and texts that you agreed to. Your coach never sees it. You can add it later."
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


class GoodTime(forms.Form):
    """Is this a good time? Each may be left out, and none of it is kept."""

    heavy = forms.ChoiceField(
        label=_("Has something happened at work in the last days that is with you all the time?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("no", _("No")), ("yes", _("Yes")), ("rather_not", _("I would rather not say"))],
    )
    good_time = forms.ChoiceField(
        label=_("Is now a reasonable time to think about hard moments at work?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("yes", _("Yes")), ("think_so", _("I think so")), ("not_now", _("Not now"))],
    )
    someone = forms.ChoiceField(
        label=_("If this stirs something up, is there someone you could talk to?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("yes", _("Yes")), ("not_sure", _("Not sure")), ("no", _("No"))],
    )


class Way(forms.Form):
    """The way somebody chooses; the page only suggests."""

    way = forms.ChoiceField(
        label=_("What would you like to do?"),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
        choices=[
            (Readiness.START, _("Start")),
            (Readiness.START_WITH_SUPPORT, _("Start, with people to talk to at hand and in small pieces")),
            (Readiness.NOT_NOW, _("Not now")),
        ],
    )
    ask_again_on = forms.DateField(
        label=_("If not now: write to me once, on this day"),
        required=False,
        help_text=_("Leave it empty, and we do not write at all."),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}),
    )

    def clean(self) -> dict:
        """Ask for a day to come, where one was chosen."""
        wanted = super().clean()
        on: date | None = wanted.get("ask_again_on")
        if wanted.get("way") == Readiness.NOT_NOW and on and not joining.may_pick(on, now=clock.now()):
            self.add_error("ask_again_on", _("Choose a day from tomorrow on, within a year."))
        return wanted


class Pause(forms.Form):
    """For how long nothing is sent."""

    choice = forms.ChoiceField(
        label=_("What would you like?"),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
        choices=pausing.Choice.choices,
    )

    def __init__(self, *args: object, paused: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not paused:
            self.fields["choice"].choices = self.fields["choice"].choices[:-1]


class Stop(forms.Form):
    """What happens to the data of somebody who stops."""

    choice = forms.ChoiceField(
        label=_("What shall we do with your data?"),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
        choices=[
            (Withdrawal.Choice.STOP_CONTACT, _("Stop writing to me. What I made stays for me to read.")),
            (Withdrawal.Choice.DELETE, _("Delete my data. It cannot be brought back.")),
            (
                Withdrawal.Choice.DELETE_KEEP,
                _("Delete my data, but keep my numbers in totals that are already published."),
            ),
        ],
    )
    reason = forms.ChoiceField(
        label=_("Would you tell us why?"),
        help_text=_("It is counted with others, without your name, and changes nothing for you."),
        widget=forms.RadioSelect,
        required=False,
        choices=lambda: reasons.choices(Stage.STOPPED),
    )

    def __init__(self, *args: object, enrolment: Enrolment, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if enrolment.withdrawn_at is not None:
            self.fields["choice"].choices = self.fields["choice"].choices[1:]
            del self.fields["reason"]
        else:
            self.fields["choice"].initial = Withdrawal.Choice.STOP_CONTACT  # so that stopping takes one press
