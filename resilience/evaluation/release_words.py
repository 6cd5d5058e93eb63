"""A release for organisations in words: each part with its lines, on the page and in the CSV file alike."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from resilience.evaluation import plan_words
from resilience.evaluation.analysis.exposure import ACCEPTABILITY
from resilience.evaluation.disclosing import ten_five
from resilience.evaluation.models import OrganisationRelease
from resilience.evaluation.plan_forms import TRAITS
from resilience.measures import catalogue

Line = tuple[str, str, str, str]
Named = Iterable[tuple[str, dict]]


def parts(release: OrganisationRelease) -> list[tuple[str, list[Line]]]:
    """The parts of a release, each with rows of what, people, of how many, per cent."""
    figures, labels = release.figures, release.evaluation.plan.content["labels"]
    steps = {key: one for key, one in figures["flow"].items() if key != "answered"}
    found: list[tuple[str, Named]] = [
        (_("Who took part"), _named(steps, _steps())),
        (_("Answered, of those who began"), _named(figures["flow"]["answered"], labels)),
    ]
    found += [
        (str(TRAITS.get(name) or _plain(name)), _named(groups, {}))
        for name, groups in figures["characteristics"].items()
    ]
    found.append((_("Agree that"), _named(figures["acceptability"], _statements())))
    found += [
        (f"{_measure(measure)}, {labels.get(when, when)}", _named(kinds, _kinds()))
        for measure, waves in figures["reliable_change"].items()
        for when, kinds in waves.items()
    ]
    return [(title, lines) for title, rows in found if (lines := list(_lines(rows)))]


def _named(found: Mapping[str, dict], names: Mapping[str, str]) -> Named:
    return [(names.get(key) or _plain(key), one) for key, one in found.items()]


def _lines(rows: Named) -> Iterator[Line]:
    hidden = _("hidden")
    for what, one in rows:
        n = hidden if one["n"] is None else str(one["n"])
        of = "" if "of" not in one else hidden if one["of"] is None else str(one["of"])
        yield what, n, of, _percent(one)


def _percent(one: dict) -> str:
    """Worked out anew from the rounded counts, so that a release of an earlier version says no more than they do."""
    if one["n"] is None or one.get("of") is None:
        return ""
    found = ten_five.percentage(one["n"], one["of"])
    if "percent_at_least" in found:
        return _("{percent}% or more").format(percent=found["percent_at_least"])
    if "percent_below" in found:
        return _("less than {percent}%").format(percent=found["percent_below"])
    return f"{found['percent']:.0f}%"


def _measure(key: str) -> str:
    try:
        return plan_words.measure(key)
    except catalogue.UnknownInstrument:
        return _plain(key)


def _statements() -> dict[str, str]:
    """What people could agree with, by number."""
    instrument = catalogue.get(ACCEPTABILITY)
    return {item.key: instrument.label(item) for item in instrument.items}


def _plain(key: str) -> str:
    """A key in plain letters; the rest of a word that somebody wrote stays as it is."""
    text = key.replace("_", " ")
    return text[:1].upper() + text[1:]


def _steps() -> dict[str, str]:
    return {
        "registered": _("Enrolled"),
        "consented": _("Let us use their answers"),
        "started": _("Began the modules"),
        "completed_modules": _("Finished enough modules"),
        "offered_call": _("Were offered a call"),
        "accepted_call": _("Agreed to a call"),
        "one_call_or_more": _("Had one call or more"),
        "two_calls_or_more": _("Had two calls or more"),
        "withdrew": _("Stopped taking part"),
        "answered_all": _("Answered at every time point"),
    }


def _kinds() -> dict[str, str]:
    return {
        "improved": _("Reliably better"),
        "unchanged": _("No reliable change"),
        "worse": _("Reliably worse"),
    }
