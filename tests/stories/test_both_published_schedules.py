"""Both published schedules, with "workshop attended" as anchor: when each person is asked what.

The first had a workshop, then coaching, four time points; the second two workshops and two calls, five time points.
"""

from datetime import timedelta

import pytest

from resilience.engagement import attendance
from resilience.measures import timepoints
from resilience.measures.models import Anchor, Occasion
from tests.factories.live_sessions import LiveSessionFactory, SeatFactory
from tests.factories.measures import TimepointFactory
from tests.factories.participants import EnrolmentFactory

pytestmark = pytest.mark.django_db
ASKS = ["coping_confidence"]


def plan(programme, *rows):
    """Make a programme's time points of (key, anchor, more)."""
    made = {}
    for position, (key, anchor, more) in enumerate(rows, start=1):
        differs = {name: made[value] if name == "after" else value for name, value in more.items()}
        made[key] = TimepointFactory(
            programme=programme, key=key, label=key, position=position, anchor=anchor, asks=ASKS, **differs
        )


def asked(enrolment, now) -> list[str]:
    """Return the time points that have fallen due for somebody."""
    attendance.note_passed(now=now)
    timepoints.refresh_all(now=now)
    found = Occasion.objects.filter(respondent=enrolment.respondent).order_by("timepoint__position")
    return list(found.values_list("timepoint__key", flat=True))


@pytest.fixture
def workshop(ada, ben, tuesday):
    """Workshop 1 in a week, held by Ben; Ada has a place."""
    session = LiveSessionFactory(
        programme=ada.cohort.programme, facilitator=ben.user, starts_at=tuesday + timedelta(days=7)
    )
    SeatFactory(live_session=session, enrolment=ada)
    return session


def came(session, enrolment, ben):
    seat = session.seats.get(enrolment=enrolment)
    attendance.tick(session, came={seat.pk}, by=ben.user, at=session.ends_at)


def test_a_workshop_then_coaching_at_four_time_points(ada, ben, workshop, tuesday):
    plan(
        ada.cohort.programme,
        ("t1", Anchor.ENROLMENT, {}),
        ("t2", Anchor.LIVE_SESSION, {"live_session": "workshop-1", "latest_days": 21}),
        ("t3", Anchor.CALLS_DONE, {"latest_days": 56}),
        ("t4", Anchor.ENROLMENT, {"offset_days": 28, "window_days": 14}),
    )

    assert asked(ada, tuesday) == ["t1"]
    came(workshop, ada, ben)
    assert asked(ada, workshop.ends_at) == ["t1", "t2"]
    ada.calls_done_at = tuesday + timedelta(days=20)
    ada.save()
    assert asked(ada, tuesday + timedelta(days=20)) == ["t1", "t2", "t3"]
    assert asked(ada, tuesday + timedelta(days=28)) == ["t1", "t2", "t3", "t4"]

    last = Occasion.objects.get(respondent=ada.respondent, timepoint__key="t4")
    assert (last.due_at, last.closes_at) == (tuesday + timedelta(days=28), tuesday + timedelta(days=42))


def test_two_workshops_and_two_calls_at_five_time_points(ada, ben, workshop, tuesday):
    second = LiveSessionFactory(
        programme=ada.cohort.programme, about="workshop-2", facilitator=ben.user,
        starts_at=tuesday + timedelta(days=21),
    )  # fmt: skip
    SeatFactory(live_session=second, enrolment=ada)
    plan(
        ada.cohort.programme,
        ("t1", Anchor.ENROLMENT, {}),
        ("t2", Anchor.LIVE_SESSION, {"live_session": "workshop-1"}),
        ("t3", Anchor.LIVE_SESSION, {"live_session": "workshop-2"}),
        ("t4", Anchor.CALLS_DONE, {"latest_days": 70}),
        ("t5", Anchor.TIMEPOINT, {"after": "t4", "offset_days": 90}),
    )

    came(workshop, ada, ben)
    assert asked(ada, workshop.ends_at) == ["t1", "t2"]
    came(second, ada, ben)
    assert asked(ada, second.ends_at) == ["t1", "t2", "t3"]
    assert asked(ada, tuesday + timedelta(days=70)) == ["t1", "t2", "t3", "t4"]
    assert asked(ada, tuesday + timedelta(days=160)) == ["t1", "t2", "t3", "t4", "t5"]


def test_somebody_who_could_not_come_is_asked_once_the_date_has_passed(ada, workshop, tuesday):
    plan(
        ada.cohort.programme,
        ("t1", Anchor.ENROLMENT, {}),
        ("t2", Anchor.LIVE_SESSION, {"live_session": "workshop-1"}),
    )
    absent = EnrolmentFactory()

    assert asked(absent, workshop.starts_at) == ["t1"]
    assert asked(absent, workshop.ends_at) == ["t1", "t2"]
    occasion = Occasion.objects.get(respondent=absent.respondent, timepoint__key="t2")
    assert occasion.due_at == workshop.ends_at


def test_somebody_who_joins_after_the_workshop_is_asked_by_the_latest_day(ada, workshop, tuesday):
    plan(
        ada.cohort.programme,
        ("t1", Anchor.ENROLMENT, {}),
        ("t2", Anchor.LIVE_SESSION, {"live_session": "workshop-1", "latest_days": 21}),
    )
    joined = workshop.ends_at + timedelta(days=1)
    late = EnrolmentFactory(joined_at=joined)

    assert asked(late, joined + timedelta(days=20)) == ["t1"]
    assert asked(late, joined + timedelta(days=21)) == ["t1", "t2"]
