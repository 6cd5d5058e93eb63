"""The demonstration's meeting: two weeks ahead, beside the parts, with a few people who have a place."""

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from content_pages import founding
from content_pages.models import LiveSessionPage
from resilience import clock
from resilience.coaching.models import Coach
from resilience.engagement import seats
from resilience.participants.models import Cohort, Enrolment

WORDS = ("title", "slug", "about", "summary", "capacity", "place", "link")
COMING = 5


def load(*, cohort: Cohort, coach: Coach, folder: Path, now: datetime) -> None:
    """Publish the meeting and give some of those who joined last, but for the newest, a place at it."""
    page = _page(cohort, tomllib.loads((folder / "meeting.toml").read_text()), coach, now=now)
    joined = Enrolment.objects.filter(cohort=cohort, withdrawn_at=None).order_by("-joined_at", "pk")
    for enrolment in joined.select_related("participant__user")[2 : 2 + COMING]:
        seats.ask(enrolment=enrolment, session=page.translation_key, by=enrolment.participant.user, at=now)


def _page(cohort: Cohort, words: dict, coach: Coach, *, now: datetime) -> LiveSessionPage:
    zone = cohort.programme.time_zone
    day = clock.local_day(now, zone) + timedelta(days=words["days_ahead"])
    starts_at = datetime.combine(day, time(words["hour"]), tzinfo=ZoneInfo(zone))
    page = LiveSessionPage(
        starts_at=starts_at, ends_at=starts_at + timedelta(minutes=words["minutes"]), facilitator=coach,
        body=words["body_html"].strip(), **{name: words[name] for name in WORDS},
    )  # fmt: skip
    founding.page_of(cohort.programme.slug).add_child(instance=page)
    page.save_revision().publish()
    return page
