"""The first page, for the people who took part: what was done, what came out, what it cannot tell, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.evaluation.reports import entries, rounding
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

FEWEST = 10  # below this nothing is said of change: a person could be recognised, and chance rules


@dataclass(frozen=True)
class Part:
    """One question that somebody who took part may have, and its answer in a few sentences."""

    asks: str
    says: tuple[str, ...]


def page(figures: Figures, words: Words) -> list[Part]:
    """The questions and answers, in the order in which a person asks them."""
    return [
        Part(_("Who took part?"), tuple(_who(figures, words))),
        Part(_("What did people do?"), tuple(_did(figures))),
        Part(_("Did people's answers change?"), tuple(_changed(figures, words))),
        Part(_("What did people think of it?"), tuple(_thought(figures, words))),
        Part(_("Did it do any harm?"), tuple(_harm(figures, words))),
        Part(_("What can we not tell from this?"), tuple(_cannot(figures))),
        Part(_("What about your answers?"), tuple(_answers(figures))),
    ]


def _who(figures: Figures, words: Words):
    flow = figures["flow"]
    yield ngettext("{n} person joined.", "{n} people joined.", flow["registered"]).format(
        n=flow["registered"]
    )
    if not flow["baseline"]:
        yield _("Nobody has answered any questions yet.")
        return
    yield ngettext(
        "{n} person answered the first questions.",
        "{n} people answered the first questions.",
        flow["baseline"],
    ).format(n=flow["baseline"])
    later = [when for when in flow["answered"] if when in flow["retained_percent"]]
    if later:
        yield ngettext(
            "{n} person also answered the last questions so far.",
            "{n} people also answered the last questions so far.",
            flow["answered"][later[-1]],
        ).format(n=flow["answered"][later[-1]])  # fmt: skip


def _did(figures: Figures):
    flow, calls = figures["flow"], figures["delivery"]
    if not flow["started"]:
        yield _("Nobody has begun to read yet.")
        return
    yield _("{started} people began to read, and {done} of them read most parts or all.").format(
        started=flow["started"], done=flow["completed_modules"]
    )
    if calls["calls_attended"]:
        yield _("{people} people had a call with a coach, about {minutes} minutes each time.").format(
            people=flow["one_call_or_more"], minutes=rounding.number(calls["minutes_per_call"], 0)
        )
        yield _("A call was never needed to go on.")


def _changed(figures: Figures, words: Words):
    told = [one for key in figures["plan"]["primary"] if (one := _moved(key, figures, words))]
    if not told:
        yield _("Too few people have answered twice to say.")
        return
    yield from told
    yield _("An average hides a lot. Some changed more, some less, and some the other way.")


def _moved(key: str, figures: Figures, words: Words) -> str:
    measure = figures["measures"].get(key, {})
    rows = [one for one in measure.get("change", {}).values() if one["ci"] is not None]
    if not rows or rows[-1]["n"] < FEWEST:
        return ""
    one, found, decimals = rows[-1], words.measures[key], 1
    text = _(
        "We asked about {measure}, on a scale from {low} to {high}, where {better}. On average people went from "
        "{before} to {after}. {sure}"
    )
    return text.format(
        measure=(found.short or found.title).lower()
        if not (found.short or found.title)[:2].isupper()
        else words.brief(key),
        low=rounding.number(found.low, 0),
        high=rounding.number(found.high, 0),
        better=_("more is better") if found.direction > 0 else _("less is better"),
        before=rounding.number(one["baseline_mean"], decimals),
        after=rounding.number(one["later_mean"], decimals),
        sure=_sure([found.direction * end for end in one["ci"]], one["n"]),
    )


def _sure(ends: list[float], n: int) -> str:
    if min(ends) > 0:
        return _(
            "So the {n} people who answered both times did better on average, by more than luck would often give."
        ).format(n=n)
    if max(ends) < 0:
        return _(
            "So the {n} people who answered both times did worse on average, by more than luck would often give."
        ).format(n=n)
    return _("With {n} people, luck alone could explain that.").format(n=n)


def _thought(figures: Figures, words: Words):
    given = {
        item: one
        for item, one in entries.of(figures.get("acceptability")).items()
        if one["percent"] is not None
    }
    if not given:
        yield _("Nobody has been asked yet.")
        return
    ordered = sorted(given, key=lambda item: given[item]["percent"])
    for item, text in ((ordered[-1], _("Most people agreed")), (ordered[0], _("Fewest agreed"))):
        yield _("{text}: “{statement}” ({agree} of {n}).").format(
            text=text,
            statement=words.label("acceptability", item).rstrip("."),
            agree=given[item]["agree"],
            n=given[item]["n"],
        )


def _harm(figures: Figures, words: Words):
    asked = entries.of(figures["safety"].get("reported"))
    if not asked:
        yield _("We did not ask people whether any part left them feeling worse. So we cannot say.")
    else:
        one = list(asked.values())[-1]
        yield _(
            "We asked whether any part left people feeling worse for more than a day. {yes} of {n} said yes, when we "
            "last asked."
        ).format(yes=one["yes"], n=one["n"])
    if figures["safety"].get("item9"):
        yield _(
            "Some questions ask about very dark thoughts. Whoever tells of them is shown at once where help is."
        )


def _cannot(figures: Figures):
    if len(figures["design"].get("arms", {})) < 2:
        yield _("Everybody was offered the same. So we cannot know what would have happened without it.")
    else:
        yield _("There were groups. The figures on this page put them together.")
    kept = [one for one in figures["flow"]["retained_percent"].values() if one is not None]
    if kept and kept[-1] < 90:
        yield _(
            "Many did not answer the last questions. Those who did may be different from those who did not."
        )
    yield _(
        "Feeling better or worse at work also depends on work: on staff, time and how people treat each other."
    )


def _answers(figures: Figures):
    yield _("Nobody is named here. What groups of fewer than {k} people scored is not shown.").format(
        k=figures["plan"]["suppress_below"]
    )
    yield _(
        "Your manager gets no answers of yours. You can have yours taken out; the next report is made without them."
    )
