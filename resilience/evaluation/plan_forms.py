"""The form on which an analysis plan is written, and those for what comes after it is frozen."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from resilience.evaluation import approached, people, plan_words, plans
from resilience.evaluation.analysis.frozen import plain
from resilience.evaluation.analysis.frozen_plan import MULTIPLICITY
from resilience.evaluation.dataset.columns import COVARIATES
from resilience.evaluation.disclosure import SMALLEST_THRESHOLD
from resilience.evaluation.models import Evaluation
from resilience.evaluation.plan_models import MOST_WORDS

LONGEST_LINE = 300
MOST_PEOPLE, MOST_MONEY, MOST_PARTS, MOST_CALLS = 1_000_000, 100_000_000, 99, 99
KINDS = [
    (plans.SERVICE, _("Service evaluation: how well our own programme does")),
    (plans.RESEARCH, _("Research: it has an approval and a sponsor")),
]
COST = {
    "coach_rate_per_hour": (_("What does an hour of a coach cost, in your currency?"), None),
    "prep_minutes_per_call": (_("Minutes of preparation for each call"), 15),
    "supervision_pct": (_("Supervision, % on top of the coaches’ time"), 10),
    "fixed": (_("Costs that do not depend on how many take part, in your currency"), 0),
}
NEEDED_TO_FREEZE = ("primary", "no_system_outcomes")
CORRECTION = "correction-"
RELIABILITY, DIFFERENCE = "reliability-", "mcid-"
TRAITS = {
    "profession": _("Profession"), "level": _("Stage of working life"), "workplace": _("Place of work"),
    "gender": _("Gender"), "shifts": _("Shifts"), "site": _("Site"), "unit": _("Unit"), "age": _("Age"),
    "years_qualified": _("Years since qualifying"),
}  # fmt: skip


def _line(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONGEST_LINE,
        error_messages={"max_length": _("Write %(limit_value)s letters or fewer.")},
    )  # fmt: skip


def _words(label: Any, hint: Any = "", *, required: bool = False, empty: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": empty, "max_length": _("Write %(limit_value)s letters or fewer.")},
    )  # fmt: skip


def _whole(label: Any, *, least: int, most: int, hint: Any = "", required: bool = True) -> forms.IntegerField:
    words = format_lazy(_("Write a whole number from {least} to {most}."), least=least, most=most)
    return forms.IntegerField(
        label=label, help_text=hint, required=required, min_value=least, max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), words),
    )  # fmt: skip


def _number(label: Any, *, most: float, hint: Any = "") -> forms.FloatField:
    words = format_lazy(_("Write a number from 0 to {most}, or leave it empty."), most=most)
    return forms.FloatField(
        label=label, help_text=hint, required=False, min_value=0, max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
    )  # fmt: skip


def _ticks(label: Any, choices: Iterable[tuple[str, Any]], *, hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=hint, required=False, choices=list(choices), widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose among those on the list.")},
    )  # fmt: skip


def approached_fields() -> dict[str, forms.Field]:
    """One number for each channel."""
    return {
        channel: _whole(label, least=0, most=MOST_PEOPLE, required=False)
        for channel, label in approached.CHANNELS.items()
    }


class Approached(forms.Form):
    """How many were approached, by channel."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= approached_fields()


class Complaints(forms.Form):
    """How many complaints were made of the programme."""

    number = _whole(
        _("How many complaints were made?"), least=0, most=MOST_PEOPLE, required=False,
        hint=_("0: somebody asked, and there were none. Empty: nobody knows."),
    )  # fmt: skip


class PlanForm(forms.Form):
    """All that is decided before figures are seen, with the defaults of `content` in it."""

    kind = forms.ChoiceField(
        label=plan_words.LABELS["kind"], choices=KINDS, widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )  # fmt: skip
    approval = _line(_("Who approved it, and under which number?"), _("Research needs this."))
    sponsor = _line(_("Who is the sponsor?"), _("Research needs this."))
    registration = _line(_("Where is it registered, and under which number?"))
    retention = _line(
        _("How long are the data kept, and who deletes them?"),
        _("Research needs this. For example: ten years."),
    )
    incentives = _line(
        _("What do people get for taking part?"), _("For example: nothing, or a voucher for £10.")
    )
    funding = _line(_("Who pays for it?"))
    involvement = _words(_("How did staff help to plan it?"))
    data_access = _words(_("Who may have the data afterwards, and how?"))
    complete_modules = _whole(
        _("How many modules does somebody finish who counts as done?"), least=0, most=MOST_PARTS
    )
    exposure = _whole(
        _("How many calls make somebody coached?"), least=1, most=MOST_CALLS,
        hint=_("Calls that took place. Usually one."),
    )  # fmt: skip
    suppress_below = _whole(
        _("Hide groups of fewer than how many people?"), least=SMALLEST_THRESHOLD, most=MOST_PEOPLE,
        hint=_("Usually 10. It cannot be fewer than 5."),
    )  # fmt: skip
    design = _line(
        _("Which design lets this report speak of effects on units?"),
        _(
            "For example: units came to it by chance, one after the other. Leave it empty where there is none."
        ),
    )
    no_system_outcomes = _words(
        _("Why are there no outcomes of units?"),
        _(
            "Freezing needs it unless you have told what became of units. For example: they are counted in June, and "
            "told then."
        ),
    )
    SECTIONS = (
        (_("What it is"), ("kind", "approval", "sponsor", "registration", "retention")),
        (_("Who was approached"), tuple(approached.CHANNELS)),
        (_("What is looked at first"), ("primary", "primary_timepoints", "analyses")),
        (_("Several tests"), tuple(CORRECTION + family for family in plan_words.CORRECTIONS)),
        (_("What counts as what"), ("complete_modules", "exposure", "covariates", "suppress_below")),
        (_("Cost"), tuple(COST)),
        (_("Units"), ("no_system_outcomes", "design")),
        (_("For the record"), ("incentives", "funding", "involvement", "data_access")),
    )

    def __init__(
        self, *args: object, evaluation: Evaluation, content: Mapping[str, Any], **kwargs: object
    ) -> None:
        self.content, self.measures = content, _measures(content)
        super().__init__(*args, **kwargs | {"initial": _initial(evaluation, content)})
        later = [(key, content["labels"][key]) for key in content["timepoints"][1:]]
        traits = COVARIATES if content.get(plans.IMPORTED) else people.TRAITS
        self.fields |= {
            **approached_fields(),
            "primary": _ticks(
                plan_words.LABELS["primary"], self.measures.items(),
                hint=_("One or two."),
            ),
            "primary_timepoints": _ticks(plan_words.LABELS["primary_timepoints"], later),
            "analyses": _ticks(
                plan_words.LABELS["analyses"], plan_words.ANALYSES.items(),
                hint=_("The report shows all of them, and says of each whether it was planned."),
            ),
            "covariates": _ticks(plan_words.LABELS["covariates"], [(each, TRAITS[each]) for each in traits]),
            **{key: _number(label, most=MOST_MONEY) for key, (label, _default) in COST.items()},
            **_corrections(),
            **_parameters(self.measures),
        }  # fmt: skip
        for name in NEEDED_TO_FREEZE:
            self.fields[name].needed_later = True  # a draft may lack it: neither required nor called optional
        self.fields["coach_rate_per_hour"].help_text = _(
            "Leave it empty where the report says nothing of cost."
        )

    def sections(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """The fields below their headings, without the measures' parameters; numbers alone stand side by side."""
        return [
            (title, [self[name] for name in names if self._asks(name)], not STACKED.intersection(names))
            for title, names in self.SECTIONS
        ]

    def _asks(self, name: str) -> bool:
        """A list without anything to choose is not shown."""
        return bool(getattr(self.fields[name], "choices", True))

    def parameters(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each measure's name, and the fields of its reliability and of the difference that matters."""
        return [
            (name, [self[RELIABILITY + key], self[DIFFERENCE + key]]) for key, name in self.measures.items()
        ]

    def typed(self) -> plans.Content:
        """What a plan keeps of the form."""
        given = self.cleaned_data
        kept = {name: given[name] for name in PLAIN}
        cost = {
            key: default if given[key] is None else plain(given[key]) for key, (_l, default) in COST.items()
        }
        return kept | {
            "cost": cost if cost["coach_rate_per_hour"] is not None else {},
            "multiplicity": {family: given[CORRECTION + family] for family in plan_words.CORRECTIONS},
            "reliability": self._by_measure(RELIABILITY),
            "mcid": self._by_measure(DIFFERENCE),
        }

    def sound(self) -> plans.Content:
        """What can be kept as it was typed, while something else on the form is odd."""
        return {name: value for name, value in self.cleaned_data.items() if name in PLAIN}

    def approached(self) -> dict[str, int]:
        """How many were approached, by channel."""
        return {channel: self.cleaned_data[channel] for channel in approached.CHANNELS}

    def _by_measure(self, prefix: str) -> dict[str, float]:
        found = {key: self.cleaned_data[prefix + key] for key in self.measures}
        return {key: plain(value) for key, value in found.items() if value is not None}


PLAIN = frozenset(
    {
        *plans.SAID, "kind", "no_system_outcomes", "primary", "primary_timepoints", "analyses", "covariates",
        "complete_modules", "exposure", "suppress_below",
    }
)  # fmt: skip

STACKED = PLAIN | {CORRECTION + family for family in plan_words.CORRECTIONS}  # one below the other


def _corrections() -> dict[str, forms.Field]:
    """How p values are corrected for several tests: of the primary measures, and of all others."""
    labels = {
        "primary": _("How are the p values of the primary measures corrected?"),
        "rest": _("How are those of all others corrected?"),
    }
    return {
        CORRECTION + family: forms.ChoiceField(
            label=labels[family], choices=list(ways.items()), widget=forms.RadioSelect,
            error_messages={"required": _("Choose one of the two."), "invalid_choice": _("Choose one of the two.")},
        )
        for family, ways in plan_words.CORRECTIONS.items()
    }  # fmt: skip


def _measures(content: Mapping[str, Any]) -> dict[str, str]:
    """The measures of a plan and their names; of one with several scales, each by itself. None of those kept apart."""
    found, kept_apart = {}, plans.apart(content["grid"])
    for name in content["grid"]:
        for key in plans.measures_of(name):
            if key in kept_apart:
                continue
            found[key] = plan_words.measure(key)
    return found


def _initial(evaluation: Evaluation, content: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: content.get(name) for name in PLAIN}
    found |= {key: content["cost"].get(key, default) for key, (_label, default) in COST.items()}
    found |= {
        CORRECTION + family: way for family, way in (content.get("multiplicity") or MULTIPLICITY).items()
    }
    found |= {RELIABILITY + key: value for key, value in content["reliability"].items()}
    found |= {DIFFERENCE + key: value for key, value in content["mcid"].items()}
    return found | evaluation.approached


def _parameters(measures: Mapping[str, str]) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    for key in measures:
        found[RELIABILITY + key] = _number(_("Reliability"), most=1)
        found[DIFFERENCE + key] = _number(_("Difference that matters"), most=1000)
    return found


class Deviation(forms.Form):
    """What was done otherwise than the plan says."""

    what = _words(
        _("What was done otherwise?"), required=True, empty=_("Write what was done otherwise than planned.")
    )
    why = _words(_("Why?"), required=True, empty=_("Write why: the report prints it."))


class Seen(forms.Form):
    """The fingerprint of what somebody saw before they froze it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class Why(Seen):
    """The same, with the reason for a new version of a frozen plan."""

    why = _words(
        _("Why does the plan change?"), _("The report prints this beside what changed."), required=True,
        empty=_("Write why the plan changes: the report prints it."),
    )  # fmt: skip
