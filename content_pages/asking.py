"""What a button of an exercise does beside keeping what was typed: delete it, share it, answer when it comes back."""

from collections.abc import Callable
from datetime import timedelta

from django.http import QueryDict

from content_pages import counting, exercises
from content_pages.exercises import Exercise
from content_pages.submissions import Desk, Submission
from resilience import clock
from resilience.engagement import entries, remarks, sharing, tallies

LOOKED_AT = "looked_at"


def delete(exercise: Exercise, desk: Desk, **posted: object) -> None:
    """Delete what was written, with the copy that a coach could read; of a part, the line to its makers."""
    if exercise.is_closing:
        remarks.put(enrolment=desk.enrolment, about=desk.part, words="", at=desk.now)
        return
    take_back(exercise, desk)
    entries.delete(enrolment=desk.enrolment, exercise=exercise.key)


def share(exercise: Exercise, desk: Desk, *, submission: Submission, **posted: object) -> None:
    """Let the coach read a copy of what was just posted; where nothing was written there is none."""
    now = submission.of(exercise.key)
    lines = list(exercises.lines(exercise, now.values)) if now and exercise.can_be_shared else []
    if lines:
        sharing.share(
            enrolment=desk.enrolment, exercise=exercise.key, title=exercise.title, lines=lines,
            by=desk.enrolment.participant.user, at=desk.now,
        )  # fmt: skip


def take_back(exercise: Exercise, desk: Desk, **posted: object) -> None:
    """Take the copy away from the coach."""
    sharing.take_back(
        enrolment=desk.enrolment, exercise=exercise.key, by=desk.enrolment.participant.user, at=desk.now
    )


def come_back(exercise: Exercise, desk: Desk, *, tag: str, form: QueryDict, **posted: object) -> None:
    """Count the answer to "have you used it?"; "not yet" is asked about once more, after as long again."""
    count = exercise.revisit_count
    tags = (
        count.known([tag] if tag else form.getlist(exercises.back_name(exercise))) if count else [LOOKED_AT]
    )
    if not tags:
        return
    if count:
        tallies.put(enrolment=desk.enrolment, what=count.what, about=exercise.key, tags=tags)
    entries.come_back(
        enrolment=desk.enrolment, exercise=exercise.key, answer=" ".join(tags),
        again_on=_again_on(exercise, desk) if tags == [counting.NOT_YET] else None, at=desk.now,
    )  # fmt: skip


def _again_on(exercise: Exercise, desk: Desk) -> object:
    today = clock.local_day(desk.now, desk.enrolment.participant.time_zone)
    return today + timedelta(days=exercise.revisit_after_days) if exercise.revisit_after_days else None


ACTS: dict[str, Callable[..., None]] = {
    "delete": delete,
    "share": share,
    "unshare": take_back,
    "back": come_back,
}
INSTEAD_OF_WHAT_WAS_TYPED = ("delete", "other")
