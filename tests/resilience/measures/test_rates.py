"""From being asked to having answered: figures that add up."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from resilience.measures import invitations, occasions, rates, responses, timepoints
from resilience.measures.models import Occasion
from resilience.messaging.models import Channel
from tests.factories import many
from tests.factories.measures import TimepointFactory
from tests.factories.participants import CohortFactory

NOBODY = uuid.UUID(int=0)
ROW = rates.Asked(NOBODY, NOBODY, "t1", Channel.EMAIL, opened=False, started=False, completed=False)
asked = st.builds(
    rates.Asked,
    respondent=st.just(NOBODY), cohort=st.sampled_from([NOBODY, uuid.UUID(int=1)]),
    timepoint=st.sampled_from(["t1", "t2"]), channel=st.sampled_from(rates.CHANNELS),
    opened=st.booleans(), started=st.booleans(), completed=st.booleans(),
)  # fmt: skip
STEPS = ("asked", "invited", "opened", "started", "completed")


@given(st.lists(asked))
def test_the_figures_add_up(rows):
    lines = rates.count(rows)

    assert sum(line.asked for line in lines.values()) == len(rows)
    for line in lines.values():
        for each in (line, *line.channels.values()):
            assert each.asked >= each.opened >= each.started >= each.completed >= 0
        for step in STEPS:
            assert getattr(line, step) == sum(getattr(part, step) for part in line.channels.values())
        assert line.untold.invited == 0
        assert line.by_email.invited == line.by_email.asked


@given(st.lists(asked))
def test_the_groups_of_a_programme_add_up_to_it(rows):
    whole, groups = rates.count(rows), rates.by_cohort(rows)

    for key, line in whole.items():
        assert line.asked == sum(group[key].asked for group in groups.values() if key in group)


@pytest.mark.parametrize(
    ("went", "expected"),
    [
        ({}, (1, 1, 0, 0, 0)),
        ({"opened": True}, (1, 1, 1, 0, 0)),
        ({"started": True}, (1, 1, 1, 1, 0)),
        ({"completed": True}, (1, 1, 1, 1, 1)),
        ({"completed": True, "channel": rates.NONE}, (1, 0, 1, 1, 1)),
    ],
)
def test_who_went_further_was_at_each_step_before(went, expected):
    line = rates.count([replace(ROW, **went)])["t1"]

    assert tuple(getattr(line, step) for step in STEPS) == expected


def test_a_rate_of_nobody_is_no_rate():
    assert rates.Steps().percent is None
    assert rates.count([ROW, replace(ROW, completed=True), ROW])["t1"].percent == 33


def test_a_page_is_followed_from_the_first_word_to_the_last_answer(ada, sign_in, time_passes, drain):
    programme = ada.cohort.programme
    TimepointFactory(programme=programme, offset_days=1, asks=["who5", "phq8"])

    def steps():
        line = rates.of(programme)["t1"]
        return tuple(getattr(line, step) for step in STEPS)

    now = time_passes(days=1)
    timepoints.refresh(enrolment=ada, now=now)
    seen = [steps()]
    drain()
    seen.append(steps())
    sign_in(ada.participant.user).get("/my/measures/")
    seen.append(steps())
    for occasion in occasions.due(ada.respondent, now=now):
        responses.submit(occasion=occasion, answers={"1": 1}, at=now)
        responses.submit(occasion=occasion, answers={"1": 2}, at=now)  # sent twice, kept once
        seen.append(steps())

    assert seen == [(1, 0, 0, 0, 0), (1, 1, 0, 0, 0), (1, 1, 1, 0, 0), (1, 1, 1, 1, 0), (1, 1, 1, 1, 1)]


def test_it_is_opened_once(ada, as_participant, tuesday, time_passes):
    TimepointFactory(programme=ada.cohort.programme, asks=["who5"])
    timepoints.refresh(enrolment=ada, now=tuesday)
    as_participant.get("/my/measures/")
    time_passes(minutes=5)

    as_participant.get("/my/measures/t1/who5/")

    assert Occasion.objects.get().opened_at == tuesday


@pytest.mark.django_db
def test_a_thousand_people_are_counted_by_one_query(tuesday):
    cohort = CohortFactory()
    timepoint = TimepointFactory(programme=cohort.programme, offset_days=1)
    found = []
    for size in (10, 990):
        many.ask(many.people(size, cohort=cohort, name=f"crowd{size}"), timepoint, "who5", "phq8")
        with CaptureQueriesContext(connection) as captured:
            line = rates.of(cohort.programme)["t1"]
        found.append((line.asked, len(captured)))

    assert found == [(10, 1), (1_000, 1)]


def test_the_rows_say_who_answered_so_that_others_can_be_compared_with_them(ada, tuesday):
    timepoint = TimepointFactory(programme=ada.cohort.programme, offset_days=1)
    quiet = many.people(1, cohort=ada.cohort)[0]
    many.ask([ada, quiet], timepoint, "who5")
    responses.submit(occasion=occasions.due(ada.respondent, now=tuesday)[0], answers={"1": 1}, at=tuesday)
    invitations.plan_due(now=tuesday + timedelta(seconds=1))

    by = {row.respondent: row.completed for row in rates.rows(ada.cohort.programme)}

    assert by == {ada.respondent_id: True, quiet.respondent_id: False}
