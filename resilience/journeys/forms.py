"""What is asked on the way in, and on the pages about one's own data."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience import clock
from resilience.journeys import joining, pausing
from resilience.participants import reasons
from resilience.participants.models import (
    Enrolment,
    Purpose,
    Readiness,
    Stage,
    Withdrawal,
)

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
        _(
            "Under a number, not your name. Evaluators see rows; all others only figures for ten or more people."
        ),
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
