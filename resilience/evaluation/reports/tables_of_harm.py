"""Harms: who got worse, who said so, who told of thoughts of self-harm; asked for is never the same as reported."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation import disclosure
from resilience.evaluation.reports import entries, rounding, sentences, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]

UPSETTING = ("STIRRED_UP",)  # codes of reasons for stopping


def harms(figures: Figures, words: Words) -> table.Table | None:
    """One row a way in which harm could have shown itself, with how many were asked."""
    if not figures["flow"]["baseline"]:
        return None
    rows = [
        *_worse(figures, words),
        *_reported(figures, words),
        *_item9(figures, words),
        *_others(figures),
    ]
    return table.Table(
        key="harms",
        caption=_("Harms: asked for, and found"),
        columns=(_("Where harm could show itself"), _("Asked or measured"), _("Found"), _("What it means")),
        rows=tuple(rows),
        sentence=_(
            "“None reported” stands only where people were asked; where nobody was asked, the row says so."
        ),
        notes=(*sentences.new_measures(words),),
        words=True,
    )


def _worse(figures: Figures, words: Words) -> Iterable[table.Row]:
    for key, worse in figures["safety"]["reliably_worse"].items():
        most = max((one["n"] for one in figures["measures"][key]["change"].values()), default=0)
        if worse is not None:
            meaning = _none_or(worse, _("reliably worse than at baseline at one later time point or more"))
            name = _("Reliably worse: {measure}").format(measure=words.brief(key))
            yield table.Row(name, (rounding.count(most), rounding.count(worse), meaning))


def _reported(figures: Figures, words: Words) -> Iterable[table.Row]:
    asked = entries.of(figures["safety"].get("reported"))
    head = _("“Did any part leave you feeling worse for more than a day?”")
    if not asked:
        yield table.Row(
            head, (_("not asked"), rounding.NOTHING, _("Nobody was asked, so nobody could report it."))
        )
    for when, one in asked.items():
        meaning = _none_or(one["yes"], _("said yes; {n} would rather not say").format(n=one["rather_not"]))
        n = f"{words.short(when)}: {rounding.count(one['n'])}"
        yield table.Row(head, (n, rounding.share(one["yes"], _share(one["yes"], one["n"])), meaning))


def _item9(figures: Figures, words: Words) -> Iterable[table.Row]:
    asked = entries.of(figures["safety"].get("item9"))
    head = _("Thoughts of being better off dead or of self-harm (PHQ-9, question 9)")
    if not asked:
        yield table.Row(head, (_("not asked"), rounding.NOTHING, _("The questions used do not ask it.")))
    for when, one in asked.items():
        n = f"{words.short(when)}: {rounding.count(one['answered'])}"
        if disclosure.is_hidden(one):
            yield table.Row(head, (words.short(when), _("hidden"), _("Too few people to show.")))
        else:
            meaning = _none_or(one["positive"], _("answered other than “not at all”"))
            found = rounding.share(one["positive"], _share(one["positive"], one["answered"]))
            yield table.Row(head, (n, found, meaning))


def _others(figures: Figures) -> Iterable[table.Row]:
    """What the programme keeps beside the answers: asking for help, stopping because of it, complaints."""
    known = figures["safety"].get("handling") or {}
    head = _("Asked to be contacted by somebody of the programme")
    if known.get("contacts_asked") is None:
        yield table.Row(head, (_("not asked"), rounding.NOTHING, _("Not part of these data.")))
    else:
        yield table.Row(head, (_everyone(figures), rounding.count(known["contacts_asked"]), _handled(known)))
    told = entries.of(figures["flow"].get("stopped_because"))
    upset = sum(n or 0 for code, n in told.items() if code in UPSETTING)
    head = _("Stopped taking part because it was upsetting")
    if told:
        meaning = _none_or(upset, _("gave this reason"))
        yield table.Row(
            head, (rounding.count(sum(n or 0 for n in told.values())), rounding.count(upset), meaning)
        )
    else:
        yield table.Row(head, (rounding.NOTHING, rounding.NOTHING, _no_reason(figures)))
    yield table.Row(_("Complaints"), _complaints(known.get("complaints")))


def _no_reason(figures: Figures) -> str:
    if "reasons" in (figures["snapshot"].get("not_told") or ()):
        return _("Not part of these data.")
    return _("Nobody gave a reason for stopping.")


def _complaints(number: int | None) -> tuple[str, str, str]:
    """One number, which an evaluator typed in: nobody was asked for it."""
    if number is None:
        return _("not asked"), rounding.NOTHING, _("Not part of these data: a person must add them.")
    return _("typed in"), rounding.count(number), _("one number that an evaluator typed in; nobody was asked")


def _handled(known: Figures) -> str:
    if not known["contacts_asked"]:
        return _("none reported")
    parts = [_("{n} taken up").format(n=rounding.count(known.get("contacts_taken")))]
    parts += [
        _("{n} within {hours} hours").format(n=rounding.count(n), hours=hours)
        for hours, n in (known.get("taken_within") or {}).items()
    ]
    return "; ".join(parts)


def _everyone(figures: Figures) -> str:
    return rounding.count(figures["flow"]["consented"])


def _share(part: int | None, whole: int | None) -> float | None:
    return 100 * part / whole if part is not None and whole else None


def _none_or(count: int | None, words: str) -> str:
    return _("none reported") if count == 0 else words
