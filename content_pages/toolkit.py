"""What somebody made, put together: each exercise with its questions and answers, in the programme's order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Case, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content_pages import outline, rendering, tailoring
from content_pages.blocks.exercises import KINDS
from content_pages.exercises import LONGEST, Exercise, Prompt, in_words
from content_pages.models import ActivityPage, ProgrammePage
from content_pages.outline import Outline
from resilience import languages
from resilience.engagement import toolkit
from resilience.engagement.entries import COMING_BACK
from resilience.engagement.toolkit import Shared, Written
from resilience.participants.models import Enrolment

CARDS = {"action_plan", "note", "rehearse", "pass_on"}
SHEETS = {"agree"}


@dataclass(frozen=True)
class Line:
    """One question with what was answered; `own` where the answer is in words of their own."""

    label: str
    words: str
    own: bool = True


@dataclass(frozen=True)
class Made:
    """One exercise that somebody worked on; without an address where its page is gone."""

    exercise: str
    kind: str
    title: str
    lines: tuple[Line, ...]
    saved_at: datetime | None
    url: str = ""
    shared_at: datetime | None = None

    @property
    def is_card(self) -> bool:
        """Return whether it is meant for a pocket or the phone."""
        return self.kind in CARDS

    @property
    def is_sheet(self) -> bool:
        """Return whether it is meant to be printed and filled in with somebody."""
        return self.kind in SHEETS


@dataclass(frozen=True)
class Part:
    """A module, with what was made in it."""

    title: str
    made: tuple[Made, ...]


@dataclass(frozen=True)
class Toolkit:
    """All of it: by module, then what has lost its page, and what the coach may read."""

    parts: tuple[Part, ...]
    homeless: tuple[Made, ...]
    shared: tuple[Shared, ...]

    @property
    def made(self) -> list[Made]:
        """Return every piece, in the order in which it is shown."""
        return [each for part in self.parts for each in part.made] + list(self.homeless)


def read(enrolment: Enrolment) -> Toolkit:
    """Return everything that somebody made and shares; four queries, however much there is."""
    slug = enrolment.cohort.programme.slug
    found = outline.read(slug, wording=enrolment.cohort.programme.wording) or Outline("", slug, "")
    written, copies = toolkit.written(enrolment), toolkit.shared(enrolment)
    asked = _asked(_texts(slug, {each.page for each in written}), enrolment)
    since = {each.exercise: each.shared_at for each in copies}
    made = _made(found, [each for each in written if _says_something(each)], asked, since)
    homeless = tuple(each for each in made.values() if not each.url)
    return Toolkit(_parts(found, made, asked), homeless, tuple(copies))


def _says_something(written: Written) -> bool:
    return any(written.fields.values())


def _texts(programme: str, pages: Iterable[UUID]) -> dict[UUID, str]:
    """Return the stored text of these activities; what is no longer public lends its questions all the same."""
    rows = _with_text(programme).filter(translation_key__in=list(pages)).order_by("inside")
    return dict(rows.values_list("translation_key", "raw"))


def _with_text(programme: str) -> QuerySet[ActivityPage]:
    """Return activities with their text and how well they serve: public in the language spoken now, or in the first."""
    tops = {
        language: ProgrammePage.objects.filter(
            slug=programme, live=True, locale__language_code=language
        ).values("path")[:1]
        for language in (languages.now(), settings.LANGUAGE_CODE)
    }
    inside = Case(
        *(
            When(live=True, path__startswith=top, then=Value(2 if language == languages.now() else 1))
            for language, top in tops.items()
        ),
        default=Value(0),
        output_field=IntegerField(),
    )
    return ActivityPage.objects.annotate(raw=Cast("body", TextField()), inside=inside)


Asked = Mapping[UUID, Mapping[str, Exercise]]


def _asked(texts: Mapping[UUID, str], enrolment: Enrolment) -> Asked:
    """Return the exercises of these activities, in the order of each page."""
    mine = replace(
        tailoring.of(enrolment), held=None
    )  # what somebody wrote is theirs to read, held back or not
    pieces = {page: rendering.of_activity(raw, tailored=mine, collects=True) for page, raw in texts.items()}
    return {page: {each.key: each for each in rendering.asked(all_of)} for page, all_of in pieces.items()}


def _made(
    found: Outline, written: Iterable[Written], asked: Asked, since: Mapping[str, datetime]
) -> dict[str, Made]:
    addresses = {each.key: each.url for each in found.activities}
    made = {}
    for each in written:
        exercise = asked.get(each.page, {}).get(each.exercise)
        url = addresses.get(each.page, "") if exercise else ""
        made[each.exercise] = _one(each, exercise, url, since.get(each.exercise))
    return made


def _one(written: Written, exercise: Exercise | None, url: str, shared_at: datetime | None) -> Made:
    title = exercise.title if exercise else capfirst(str(dict(KINDS).get(written.kind, _("An exercise"))))
    return Made(
        exercise=written.exercise, kind=written.kind, title=title, lines=_lines(exercise, written.fields),
        saved_at=written.saved_at, url=f"{url}#{written.exercise}" if url else "", shared_at=shared_at,
    )  # fmt: skip


def _parts(found: Outline, made: Mapping[str, Made], asked: Asked) -> tuple[Part, ...]:
    parts = []
    for module in found.modules:
        keys = [key for activity in module.activities for key in asked.get(activity.key, {})]
        mine = tuple(made[key] for key in keys if key in made and made[key].url)
        if mine:
            parts.append(Part(module.title, mine))
    return tuple(parts)


def _lines(exercise: Exercise | None, fields: Mapping[str, object]) -> tuple[Line, ...]:
    """Return what was answered, under the questions as they are asked now; an answer outlives its question."""
    left = dict(fields)
    again = left.pop(COMING_BACK, "")
    prompts = exercise.prompts if exercise else ()
    lines = [_line(prompt, value) for prompt in prompts if (value := left.pop(prompt.key, ""))]
    lines += [Line("", in_words(value)) for value in left.values() if value]
    if again:
        lines.append(_coming_back(exercise, again))
    return tuple(lines)


def _coming_back(exercise: Exercise | None, again: str) -> Line:
    asked = (exercise and exercise.revisit_question) or _("Coming back to it")
    count = exercise.revisit_count if exercise else None
    said = [str(words) for tag, words in count.answers if tag in again.split()] if count else []
    return Line(asked, ", ".join(said) or _("Looked at again"), own=False)


def _line(prompt: Prompt, value: object) -> Line:
    return Line(prompt.label, _words(prompt, value), own=prompt.input in LONGEST)


def _words(prompt: Prompt, value: object) -> str:
    if prompt.input != "scale":
        return in_words(value)
    ends = [
        f"{number} = {label}"
        for number, label in ((prompt.low, prompt.low_label), (prompt.high, prompt.high_label))
        if label
    ]
    scale = ", ".join(ends) or _("from %(low)s to %(high)s") % {"low": prompt.low, "high": prompt.high}
    return f"{in_words(value)} ({scale})"


def one(enrolment: Enrolment, exercise: str) -> tuple[Made, Exercise | None] | None:
    """Return one exercise with what was written in it, or with nothing in it yet; None where there is no such one."""
    slug = enrolment.cohort.programme.slug
    written = next(iter(toolkit.written(enrolment, exercise=exercise)), None)
    pages = _with_text(slug)
    pages = (
        pages.filter(translation_key=written.page)
        if written
        else pages.filter(inside__gt=0, raw__contains=f'"{exercise}"')
    )
    texts = dict(pages.order_by("inside").values_list("translation_key", "raw"))
    asked = next((found[exercise] for found in _asked(texts, enrolment).values() if exercise in found), None)
    if written:
        return _one(written, asked, "", None), asked
    if asked is None:
        return None
    return Made(exercise, asked.kind, asked.title, (), None), asked
