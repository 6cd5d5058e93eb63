"""Every question of a programme: in its own words only where the words are ours to pass on, else named and cited."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from content_pages import outline
from resilience.measures import budget, catalogue
from resilience.measures.instrument import Instrument, Item
from resilience.measures.models import Timepoint
from resilience.participants import about_you
from resilience.participants.models import Coaching, Programme


@dataclass(frozen=True)
class Asked:
    """One instrument and where it is asked."""

    instrument: Instrument
    where: tuple[str, ...]

    @property
    def in_words(self) -> bool:
        """Return whether its words may leave the site; the rule is that of the codebook."""
        return self.instrument.words is not None and self.instrument.words.shipped

    @property
    def items(self) -> list[tuple[Item, list[tuple[str, str]]]]:
        """Return each question with what people of some professions read instead, where its words may be printed."""
        called = dict(about_you.PROFESSIONS)
        asked = self.instrument.asked if self.in_words else ()
        return [(item, [(called[who], text) for who, text in item.text_for.items()]) for item in asked]


def of(programme: Programme, plan: Iterable[Timepoint], pages: outline.Outline | None) -> list[Asked]:
    """Return every instrument that people are asked, in the order in which they meet it."""
    where: dict[str, list[str]] = {}
    for timepoint in plan:
        for cell in timepoint.planned.all():
            where.setdefault(cell.instrument, []).append(timepoint.label)
    for name, place in _besides(programme, pages).items():
        where.setdefault(name, []).append(place)
    return [Asked(catalogue.get(name, programme=programme), tuple(places)) for name, places in where.items()]


def _besides(programme: Programme, pages: outline.Outline | None) -> Mapping[str, str]:
    """Return what is asked at no time point: after calls, and among the words of the parts."""
    calls = budget.AFTER_A_CALL if programme.coaching != Coaching.NONE else ()
    after = dict.fromkeys(calls, _("after each call"))
    return after | dict.fromkeys(_in_parts(pages), _("in a part, once"))


def _in_parts(pages: outline.Outline | None) -> Sequence[str]:
    texts = outline.texts(each.key for each in pages.activities).values() if pages else ()
    return [
        each.key
        for each in catalogue.for_activities()
        if any(f'"instrument": "{each.key}"' in text for text in texts)
    ]
