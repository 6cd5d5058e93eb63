"""What is posted from an activity: words to keep, answers to count, and what has to be put right first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from content_pages import exercises, shown
from content_pages.exercises import Exercise, Fault
from content_pages.shown import Shown
from resilience.engagement import completions, entries, remarks, tallies
from resilience.engagement.entries import Kept
from resilience.engagement.models import How
from resilience.participants.models import Enrolment

OPEN = "open"
ENDINGS = {"done": How.DONE, "without": How.WITHOUT_WRITING, "skip": How.SKIPPED}


@dataclass(frozen=True)
class Submission:
    """What somebody posted: each exercise that was open on their page, as typed."""

    shown: tuple[Shown, ...]
    faults: tuple[Fault, ...]

    def of(self, key: str) -> Shown | None:
        """Return one exercise as it was posted, or None where it was not open."""
        return next((each for each in self.shown if each.exercise.key == key), None)


@dataclass(frozen=True)
class Desk:
    """Whose page it is, where its answers belong, and what is there already."""

    enrolment: Enrolment
    page: UUID
    part: str
    stored: Mapping[str, Kept]
    now: datetime

    def about(self, exercise: Exercise) -> str:
        """Return what a count is about: the exercise, or the part that it closes."""
        return self.part if exercise.is_closing else exercise.key


def read(
    posted: QueryDict, asked: Iterable[Exercise], stored: Mapping[str, Kept], *, today: date
) -> Submission:
    """Return what was typed into the exercises of a page, and what has to be put right first."""
    open_there = set(posted.getlist(OPEN))
    found = tuple(
        _read(each, posted, stored.get(each.key), today)
        for each in asked
        if each.is_kept and each.key in open_there
    )
    return Submission(found, (*shown.faults_of(found), *_elsewhere(found)))


def _read(exercise: Exercise, posted: QueryDict, kept: Kept | None, today: date) -> Shown:
    before = kept.fields if kept else {}
    values, faults = exercises.take(exercise, posted, before=before, today=today)
    typed = Shown(
        exercise, values, faults=faults, saved_at=kept.saved_at if kept else None,
        shared_at=kept.shared_at if kept else None,
        was={each.key: posted.get(exercises.was_name(exercise, each), "") for each in exercise.counted},
    )  # fmt: skip
    seen = posted.get(exercises.seen_name(exercise), "")
    if kept is None or seen == kept.saved_at.isoformat() or not kept.fields or _same(kept, typed):
        return typed
    return replace(typed, elsewhere=tuple(exercises.lines(exercise, kept.fields)))


def _same(kept: Kept, typed: Shown) -> bool:
    return {key: value for key, value in kept.fields.items() if key != entries.COMING_BACK} == typed.written


def _elsewhere(found: Iterable[Shown]) -> list[Fault]:
    words = _(
        "You wrote something else here since this page was opened. Both are shown: choose which to keep."
    )
    return [Fault(each.exercise.key, f"{each.exercise.title}: {words}") for each in found if each.elsewhere]


def keep(submission: Submission, desk: Desk, *, quietly: bool = False) -> None:
    """Keep what was typed and count what was ticked; what was never begun and is still empty makes no row.

    `quietly` is while somebody still types: a line to the makers waits until they send it. Raises taking_part.Stopped.
    """
    for each in submission.shown:
        _count(each, desk)
        if each.exercise.is_closing:
            if not quietly:
                _remark(each, desk)
        else:
            _write(each, desk)


def _write(each: Shown, desk: Desk) -> None:
    exercise, kept = each.exercise, desk.stored.get(each.exercise.key)
    if (kept is None and not each.written) or (kept is not None and _same(kept, each)):
        return
    set_day = exercises.look_again_on(exercise, each.values, kept.fields if kept else {})
    entries.save(
        enrolment=desk.enrolment, page=desk.page, exercise=exercise.key, kind=exercise.kind, fields=each.written,
        revisit_after_days=exercise.revisit_after_days, look_again_on=set_day, at=desk.now,
    )  # fmt: skip


def _count(each: Shown, desk: Desk) -> None:
    now = ticked(each)
    for prompt in each.exercise.counted:
        tags = set(now[prompt.key].split())
        if tags != set(each.was.get(prompt.key, "").split()):  # else another device may know better
            about = desk.about(each.exercise)
            tallies.put(enrolment=desk.enrolment, what=prompt.count.what, about=about, tags=tags)


def ticked(each: Shown) -> dict[str, str]:
    """Return what was ticked where it is counted, by question, in one word for each answer."""
    found = {}
    for prompt in each.exercise.counted:
        value = each.values.get(prompt.key, [])
        found[prompt.key] = " ".join(prompt.count.known(value if isinstance(value, list) else [str(value)]))
    return found


def _remark(each: Shown, desk: Desk) -> None:
    """Keep a line to the makers; an empty box leaves the one that was sent before."""
    if words := each.values.get(exercises.REMARK):
        remarks.put(enrolment=desk.enrolment, about=desk.part, words=str(words), at=desk.now)


def end(do: str, desk: Desk) -> bool:
    """Put the activity behind somebody where they asked for it; return whether they did. Raises taking_part.Stopped."""
    if do not in ENDINGS:
        return False
    completions.complete(enrolment=desk.enrolment, activity=desk.page, how=ENDINGS[do], at=desk.now)
    return True
