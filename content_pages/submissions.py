"""What is posted from an activity: words to keep, and that it is behind somebody."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from content_pages import exercises
from content_pages.exercises import Exercise, Fault, Shown
from resilience.engagement import completions, entries
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


def read(posted: QueryDict, asked: Iterable[Exercise], stored: dict[str, Kept]) -> Submission:
    """Return what was typed into the exercises of a page, and what has to be put right first."""
    open_there = set(posted.getlist(OPEN))
    shown = tuple(
        _read(each, posted, stored.get(each.key)) for each in asked if each.is_kept and each.key in open_there
    )
    return Submission(shown, (*exercises.faults_of(shown), *_elsewhere(shown)))


def _read(exercise: Exercise, posted: QueryDict, kept: Kept | None) -> Shown:
    values, faults = exercises.take(exercise, posted)
    shown = Shown(exercise, values, faults=faults, saved_at=kept.saved_at if kept else None)
    seen = posted.get(seen_name(exercise), "")
    if kept is None or seen == kept.saved_at.isoformat() or not kept.fields or _same(kept, values):
        return shown
    written = [(prompt.label, in_words(kept.fields.get(prompt.key, ""))) for prompt in exercise.prompts]
    return replace(shown, elsewhere=tuple((label, words) for label, words in written if words))


def _same(kept: Kept, values: dict[str, object]) -> bool:
    return {key: value for key, value in kept.fields.items() if key != entries.COMING_BACK} == values


def in_words(value: object) -> str:
    """Return an answer as words."""
    return ", ".join(value) if isinstance(value, list) else str(value)


def _elsewhere(shown: Iterable[Shown]) -> list[Fault]:
    words = _(
        "You wrote something else here since this page was opened. Both are shown. Save again to keep the new one."
    )
    return [Fault(each.exercise.key, f"{each.exercise.title}: {words}") for each in shown if each.elsewhere]


def seen_name(exercise: Exercise) -> str:
    """Return the name of the hidden field that says which version somebody had before them."""
    return f"{exercise.key}-seen"


def keep(
    submission: Submission, *, enrolment: Enrolment, page: UUID, stored: dict[str, Kept], at: datetime
) -> None:
    """Keep what was typed; what was never begun and is still empty makes no row. Raises taking_part.Stopped."""
    for shown in submission.shown:
        kept = stored.get(shown.exercise.key)
        if (kept is None and not shown.values) or (kept is not None and _same(kept, dict(shown.values))):
            continue
        entries.save(
            enrolment=enrolment, page=page, exercise=shown.exercise.key, kind=shown.exercise.kind,
            fields=shown.values, revisit_after_days=shown.exercise.revisit_after_days, at=at,
        )  # fmt: skip


def end(do: str, *, enrolment: Enrolment, activity: UUID, at: datetime) -> bool:
    """Put the activity behind somebody where they asked for it; return whether they did. Raises taking_part.Stopped."""
    if do not in ENDINGS:
        return False
    completions.complete(enrolment=enrolment, activity=activity, how=ENDINGS[do], at=at)
    return True


def come_back(name: str, submission: Submission, *, enrolment: Enrolment, at: datetime) -> None:
    """Keep the answer to "have you used it?"; `name` holds the exercise and the answer's place.

    Raises taking_part.Stopped.
    """
    key, _colon, number = name.partition(":")
    asked = next((each.exercise for each in submission.shown if each.exercise.key == key), None)
    if asked is None or not number.isdecimal() or int(number) >= len(asked.revisit_options):
        return
    entries.come_back(enrolment=enrolment, exercise=key, answer=asked.revisit_options[int(number)], at=at)
