"""How far each version of a page was seen, finished and skipped: figures for those who make and run a programme."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery

from resilience.engagement.models import ActivityCompletion, How, PageView

FEWEST = 10
STEP = 5

Version = tuple[UUID, int | None]


@dataclass(frozen=True)
class Figures:
    """One version of one page in numbers of people: at least so many, or None where they are fewer than ten."""

    page: UUID
    revision: int | None
    saw: int | None
    finished: int | None
    skipped: int | None


def by_version(*, programme: str, pages: Iterable[UUID]) -> list[Figures]:
    """Return the figures of each version of these pages that anybody of the programme saw; nobody's tests count."""
    wanted = list(pages)
    seen, ended = _seen(programme, wanted), _ended(programme, wanted)
    return [
        Figures(
            page=version[0], revision=version[1], saw=at_least(people),
            finished=at_least(sum(ended[(*version, how)] for how in (How.DONE, How.WITHOUT_WRITING))),
            skipped=at_least(ended[(*version, How.SKIPPED)]),
        )
        for version, people in seen.items()
    ]  # fmt: skip


def at_least(people: int) -> int | None:
    """Return the five below or at a number of people, or None under ten: no visit of one colleague shows in it."""
    return people - people % STEP if people >= FEWEST else None


def _seen(programme: str, pages: list[UUID]) -> dict[Version, int]:
    views = PageView.objects.filter(page__in=pages, **_of(programme))
    counted = views.values("page", "revision").annotate(people=Count("enrolment", distinct=True))
    return {(row["page"], row["revision"]): row["people"] for row in counted.order_by("page", "revision")}


def _ended(programme: str, pages: list[UUID]) -> Counter:
    """Return how often each version was ended in each way: the version somebody had opened last before."""
    views = PageView.objects.filter(enrolment=OuterRef("enrolment"), page=OuterRef("activity"))
    last = views.filter(at__lte=OuterRef("at")).order_by("-at").values("revision")[:1]
    ends = ActivityCompletion.objects.filter(activity__in=pages, **_of(programme)).annotate(
        revision=Subquery(last)
    )
    counted = ends.values("activity", "revision", "how").annotate(people=Count("id")).order_by()
    return Counter({(row["activity"], row["revision"], row["how"]): row["people"] for row in counted})


def _of(programme: str) -> dict[str, object]:
    return {"enrolment__cohort__programme__slug": programme, "enrolment__respondent__is_test": False}
