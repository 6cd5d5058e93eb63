"""What the two fill in before and after a call."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.coaching import about, next_steps, scanning
from resilience.coaching.agreements import Terms
from resilience.coaching.models import Agenda, Agreement, CoachReport, Goal, Help, Topic
from resilience.participants.roles_of_calls import ALWAYS, RoleOfCalls

CHOOSE_ONE = _("Choose one.")
LEAVE_IT_OUT = _("Leave it out, or tick below that nobody can be recognised from it.")


class Agreeing(forms.Form):
    """What a call is for, who says what it is about, and what stays out: two taps, and the button."""

    role = forms.ChoiceField(
        label=_("As what do you talk?"), choices=RoleOfCalls.choices, widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )  # fmt: skip
    goal = forms.ChoiceField(
        label=_("What are the calls for?"), choices=Goal.choices, widget=forms.RadioSelect, initial=Goal.FIND,
        error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )  # fmt: skip
    agenda = forms.ChoiceField(
        label=_("Who says what a call is about?"), choices=Agenda.choices, widget=forms.RadioSelect,
        initial=Agenda.TOGETHER, error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )  # fmt: skip
    left_out = forms.MultipleChoiceField(
        label=_("Rather left out"), choices=Topic.choices, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from what is shown.")},
    )  # fmt: skip
    own_words = forms.CharField(
        label=_("Anything else to agree"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only the two of you read it. Leave patients and events out."),
        error_messages={"max_length": _("Write 300 letters or fewer.")},
    )  # fmt: skip

    def __init__(
        self, *args: object, roles: Sequence[str], before: Agreement | None = None, **kwargs: object
    ) -> None:
        known = {} if before is None else {name: getattr(before, name) for name in self.base_fields}
        super().__init__(*args, initial={"role": ALWAYS.value, **known}, **kwargs)
        if len(roles) > 1:
            self.fields["role"].choices = [(role.value, role.label) for role in RoleOfCalls if role in roles]
        else:
            del self.fields["role"]

    @property
    def terms(self) -> Terms:
        """Return what is proposed."""
        told = self.cleaned_data
        return Terms(
            role=told.get("role") or ALWAYS.value, goal=told["goal"], agenda=told["agenda"],
            left_out=tuple(told["left_out"]), own_words=told["own_words"],
        )  # fmt: skip


def _line(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}), error_messages={"max_length": _("Write 400 letters or fewer.")},
    )  # fmt: skip


class LookedThrough(forms.Form):
    """Lines that somebody else reads: what may lead to a person is shown first, and kept once the writer is sure."""

    lines: tuple[str, ...] = ()
    weekdays = True

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"] = forms.BooleanField(
            label=_("Nobody can be recognised from this: keep it as it is"),
            required=False,
            widget=forms.HiddenInput,
        )

    def clean(self) -> dict:
        """Look through each line, unless the writer is sure."""
        if not self.cleaned_data.get("sure"):
            for name in self.lines:
                self._look(name)
        return self.cleaned_data

    def _look(self, name: str) -> None:
        seen = scanning.scan(self.cleaned_data.get(name, ""), weekdays=self.weekdays)
        if not seen:
            return
        told = "; ".join(f"{each.label}: “{each.words}”" for each in seen)
        self.add_error(name, f"{told}. {LEAVE_IT_OUT}")
        self.fields["sure"].widget = forms.CheckboxInput()

    @property
    def asks_once_more(self) -> bool:
        """Return whether the writer is asked to say that the lines lead to nobody."""
        return not self["sure"].is_hidden


class About(LookedThrough):
    """A card about oneself."""

    lines = about.LINES
    person = _line(_("About me as a person"), _("What I like to be asked about, beside work."))
    learning = _line(_("How I learn best"), _("What helps me to think, and what gets in the way."))
    work = _line(_("About me in my work"), _("What I am good at, or proud of. No patients and no places."))


class AboutAsCoach(About):
    """A coach's card: also what they learned from a mistake of their own."""

    lines = about.OF_COACH
    learned = _line(
        _("What I learned from a mistake of my own"),
        _("A few lines. About you and what it taught you: no patients, no colleagues, no dates."),
    )


def _minutes(label: str, wrong: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=240,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )  # fmt: skip


class AfterCall(LookedThrough):
    """What a coach keeps of a call beside its outcome."""

    lines = ("next_step",)
    weekdays = False
    all_held = forms.BooleanField(label=_("All of them"), required=False)
    stages = forms.MultipleChoiceField(
        label=_("Or only these"), required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from what is shown.")},
    )  # fmt: skip
    next_step = forms.CharField(
        label=_("The next step that you agreed, in one line"), required=False, max_length=next_steps.MOST,
        help_text=_(
            "Both of you can read it. Write nothing about events or patients. For “when”, a weekday or “in two "
            "weeks” is enough: a date is pointed out to you, like a name."
        ),
        error_messages={"max_length": _("Write 200 letters or fewer.")},
    )  # fmt: skip
    preparation = _minutes(
        _("Minutes to prepare"), _("Minutes to prepare: write a number from 0 to 240, or leave it out.")
    )
    notes = _minutes(
        _("Minutes afterwards, for this page"),
        _("Minutes afterwards: write a number from 0 to 240, or leave it out."),
    )
    time = forms.ChoiceField(
        label=_("In whose time was this call?"), required=False, widget=forms.RadioSelect,
        choices=[("WORK", _("Work time")), ("OWN", _("My own time"))],
        error_messages={"invalid_choice": CHOOSE_ONE},
    )  # fmt: skip

    def __init__(self, *args: object, titles: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.titles = titles
        self.fields["stages"].choices = [(str(place), title) for place, title in enumerate(titles)]

    @staticmethod
    def known(report: CoachReport | None, *, last: CoachReport | None, next_step: str) -> dict:
        """Return what the form begins with: what was kept of this call, else the time as it was the last time."""
        told = {"next_step": next_step}
        timed = report or last
        if timed is not None:
            told |= {"preparation": timed.preparation_minutes, "notes": timed.notes_minutes}
            told["time"] = {True: "OWN", False: "WORK", None: ""}[timed.in_own_time]
            told["from_last"] = report is None
        if report is not None and report.stages_held is not None:
            told["all_held"] = len(report.stages_held) == report.stages_of
            told["stages"] = [] if told["all_held"] else [str(place) for place in report.stages_held]
        return told

    @property
    def known_before(self) -> bool:
        """Return whether the time is filled in from an earlier call."""
        told = self.initial.get("preparation") is not None or bool(self.initial.get("time"))
        return told and self.initial["from_last"]

    @property
    def stages_held(self) -> list[int] | None:
        """Return the places of the stages that were held; None where nothing was ticked, which says nothing."""
        if self.cleaned_data["all_held"]:
            return list(range(len(self.titles)))
        return [int(place) for place in self.cleaned_data["stages"]] or None

    @property
    def in_own_time(self) -> bool | None:
        """Return whether it was the coach's own time; None where that was left out."""
        return {"OWN": True, "WORK": False}.get(self.cleaned_data["time"])


class AnotherHelp(forms.Form):
    """Which other kind of help is wanted."""

    kind = forms.ChoiceField(
        label=_("Which kind of help?"), choices=Help.choices, widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )  # fmt: skip

    @property
    def wanted(self) -> Help | None:
        """Return the kind that was chosen, once one was."""
        return Help(self.cleaned_data["kind"]) if self.is_valid() else None


class PatientMatter(forms.Form):
    """A matter of patient safety: the day, and that the other was told. There is no room for words."""

    on_date = forms.DateField(
        label=_("On which day was the call?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
        error_messages={"required": _("Choose a day."), "invalid": _("Write a day like 2026-12-24.")},
    )  # fmt: skip
    told = forms.BooleanField(
        label=_("I told the person I talked with what I would do, before I did it"), required=False
    )
