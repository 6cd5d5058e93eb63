"""The first page, for the people who took part: what was done, what came out, what it cannot tell, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.evaluation.reports import (
    entries,
    plain_change,
    rounding,
    sentences_of_design,
    sentences_of_groups,
)
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

HALF = 50  # per cent


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
        Part(_("Did people's answers change?"), tuple(plain_change.told(figures, words))),
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
        if sentences_of_design.of_this_site(figures):
            yield _("A call was never needed to go on.")


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
    most, least = ordered[-1], ordered[0]
    yield _agreed(_most(given[most]["percent"]), most, given[most], words)
    if given[least]["percent"] < given[most]["percent"]:
        yield _agreed(_("Fewest agreed"), least, given[least], words)


def _most(percent: float) -> str:
    if percent > HALF:
        return _("Most people agreed")
    return _("Half or fewer agreed with any one statement. Most often")


def _agreed(text: str, item: str, one: Figures, words: Words) -> str:
    return _("{text}: “{statement}” ({agree} of {n}).").format(
        text=text, statement=words.label("acceptability", item).rstrip("."), agree=one["agree"], n=one["n"]
    )


def _harm(figures: Figures, words: Words):
    asked = entries.of(figures["safety"].get("reported"))
    if not asked:
        yield _("We did not ask people whether any part left them feeling worse. So we cannot say.")
    else:
        yield _("We asked whether any part left people feeling worse for more than a day.")
        for when, one in asked.items():
            yield _("{yes} of {n} said yes ({when}).").format(
                yes=one["yes"], n=one["n"], when=words.timepoint(when)
            )
    if figures["safety"].get("item9") and sentences_of_design.of_this_site(figures):
        yield _(
            "Some questions ask about very dark thoughts. Whoever tells of them is shown at once where help is."
        )


def _cannot(figures: Figures):
    if not sentences_of_design.has_groups(figures):
        yield _(
            "There was no other group to set this against. So we cannot know what would have happened without it."
        )
    elif sentences_of_groups.by_chance(figures):
        yield _("What differs between the groups may come from what each was offered.")
        yield _("What changed in all groups together may have other reasons.")
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
    if sentences_of_design.of_this_site(figures):
        yield _(
            "Your manager gets no answers of yours. You can have yours taken out; the next report is made without them."
        )
    else:
        yield _("These answers came from elsewhere. Those who collected them can say who else reads them.")
