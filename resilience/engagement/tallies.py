"""Counts with a tag: used it, passed it on, spoke with a colleague. No date, no words, no number of times."""

from collections.abc import Iterable

from django.db import transaction

from resilience.engagement import taking_part
from resilience.engagement.models import Counted, Tally
from resilience.participants.models import Enrolment

NOT_YET = "not_yet"
WHERE_USED = ("work", "home", "after", NOT_YET)
HOW_OFTEN = (NOT_YET, "once", "a_few")
STILL_FITS = ("yes", NOT_YET, "no_longer")
WORTH = ("yes", "partly", "no")


@transaction.atomic
def put(*, enrolment: Enrolment, what: str, about: str, tags: Iterable[str]) -> None:
    """Count these tags, and no others, for one exercise or part. Raises taking_part.Stopped."""
    taking_part.require(enrolment)
    wanted = set(tags)
    mine = Tally.objects.filter(enrolment=enrolment, what=what, about=about)
    mine.exclude(tag__in=wanted).delete()
    rows = [Tally(enrolment=enrolment, what=what, about=about, tag=tag) for tag in sorted(wanted)]
    Tally.objects.bulk_create(rows, ignore_conflicts=True)


def of(enrolment: Enrolment, what: Counted | str) -> dict[str, set[str]]:
    """Return what somebody tapped, by exercise or part."""
    found: dict[str, set[str]] = {}
    for about, tag in Tally.objects.filter(enrolment=enrolment, what=what).values_list("about", "tag"):
        found.setdefault(about, set()).add(tag)
    return found
