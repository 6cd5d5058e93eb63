"""What somebody answers among the words of an activity: for the evaluation, or for their organisation.

Unlike their own words it is sent once and for good, so only its own button sends it, or the one that says that the
activity is done. With any other button it waits as a draft and stands on the page again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from content_pages.exercises import Fault
from content_pages.place import Place
from content_pages.rendering import SYSTEM_LIST, Asked, Piece
from resilience.engagement import telling
from resilience.measures import catalogue, forms, responses
from resilience.organisations import system_list
from resilience.organisations.system_models import Factor

ANSWER, SENDS = "answer", ("done", "without")


@dataclass(frozen=True)
class Typed:
    """What somebody chose in one block of questions, and what has to be put right before it is sent."""

    asked: Asked
    form: forms.Answers | None = None
    ticked: tuple[str, ...] = ()
    is_sent: bool = False
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was chosen."""
        return not self.names

    @property
    def names(self) -> list[str]:
        """Return the fields of the page's form in which something was chosen."""
        if self.form is None:
            return [self.asked.key] if self.ticked else []
        return [name for name in map(self.form.add_prefix, self.form.fields) if self.form.data.get(name)]

    @property
    def faults(self) -> list[Fault]:
        """Return what has to be put right, where it stands."""
        found = [Fault(_first(self), self.fault)] if self.fault else []
        if self.is_sent and self.form is not None:
            for key, (words, *_more) in self.form.errors.items():
                found.append(
                    Fault(f"id_{self.form.add_prefix(key)}_0", f"{self.form.fields[key].label} {words}")
                )
        return found


def _first(typed: Typed) -> str:
    if typed.form is None:
        return f"{typed.asked.key}-0"
    return f"id_{typed.form.add_prefix(next(iter(typed.form.fields)))}_0"


def read(
    posted: QueryDict, pieces: Iterable[Piece], here: Place, *, do: str = "", name: str = ""
) -> list[Typed]:
    """Return what was chosen in each block of questions of a page."""
    found = (_read(piece.asked, posted, here, do, name) for piece in pieces if piece.asked is not None)
    return [typed for typed in found if not typed.is_empty or typed.fault]


def _read(asked: Asked, posted: QueryDict, here: Place, do: str, name: str) -> Typed:
    own_button = do == ANSWER and name == asked.key
    is_sent = own_button or do in SENDS
    if asked.kind == SYSTEM_LIST:
        ticked = tuple(posted.getlist(asked.key))
        typed = Typed(asked, ticked=ticked, is_sent=is_sent, fault=_odd(ticked) if is_sent else "")
    else:
        profession = here.reader.tailored.profession
        form = forms.build(catalogue.get(asked.key), posted, profession=profession)
        typed = Typed(asked, form=form, is_sent=is_sent)
    if own_button and typed.is_empty and not _is_answered(asked, here):
        words = _("Choose something first, or go on without. Nothing here has to be answered.")
        return Typed(asked, typed.form, typed.ticked, is_sent=True, fault=words)
    return typed


def _odd(ticked: tuple[str, ...]) -> str:
    known = set(ticked) <= set(Factor.values)
    return "" if known else _("Choose from the answers that are shown.")


def _is_answered(asked: Asked, here: Place) -> bool:
    if asked.kind == SYSTEM_LIST:
        return here.reader.takes_part and here.reader.enrolment.has_raised
    return asked.key in here.so_far.instruments


def send(typed: Iterable[Typed], here: Place) -> list[str]:
    """Send what is to be sent; return what there is to say about it.

    Raises taking_part.Stopped or responses.Stopped.
    """
    return [words for each in typed if each.is_sent and not each.is_empty and (words := _send(each, here))]


def _send(typed: Typed, here: Place) -> str:
    enrolment = here.reader.enrolment
    try:
        if typed.form is None:
            organisation = here.reader.organisation
            telling.tell(enrolment=enrolment, organisation=organisation, factors=typed.ticked, at=here.now)
        else:
            with translation.override(
                here.activity.language
            ):  # the language in which they were asked is kept
                responses.record_once(
                    respondent=enrolment.respondent,
                    instrument=typed.asked.key,
                    answers=typed.form.answers,
                    at=here.now,
                )
    except telling.ToldBefore:
        return _("You have told this already. Each person counts once, so nothing was added.")
    except responses.AnsweredBefore:
        return _("You have answered this already. Your first answers stand.")
    return ""


def left(typed: Iterable[Typed], posted: QueryDict) -> QueryDict:
    """Return what was chosen and not sent, in the shape of a post."""
    fields = QueryDict(mutable=True)
    for name in (name for each in typed if not each.is_sent for name in each.names):
        fields.setlist(name, posted.getlist(name))
    return fields


def html(piece: Piece, here: Place, typed: Mapping[str, Typed]) -> SafeString:
    """Return a block of questions as this person finds it."""
    asked, mine = piece.asked, typed.get(piece.asked.key)
    answered = _is_answered(asked, here)
    if asked.kind == SYSTEM_LIST:
        return SafeString(asked.block.render(_of_the_list(here, mine, answered)))
    if not answered and mine is None:
        return piece.html
    context = {"tailored": here.reader.tailored, "collects": True, "answered": answered}
    return SafeString(asked.block.render(context | ({"form": mine.form} if mine else {})))


def _of_the_list(here: Place, mine: Typed | None, answered: bool) -> dict:
    organisation = here.reader.organisation
    raised, actions = system_list.standing(organisation)
    return {
        "collects": True,
        "told": answered,
        "ticked": mine.ticked if mine else (),
        "fault": mine.fault if mine else "",
        "organisation": organisation,
        "incident_url": organisation.incident_url,
        "raised": raised,
        "actions": actions,
    }
