"""Lines that the other side reads are looked through for patients and colleagues before they are kept."""

import pytest

from resilience.coaching import around_forms, scanning
from resilience.coaching.models import AboutCoach, AboutMe, NextStep
from tests.resilience.coaching.conftest import words
from tests.resilience.coaching.test_around import AFTER

pytestmark = pytest.mark.django_db
MRS_JONES = "on 3 March in ward 7 Mrs Jones got the wrong dose from Dr Smith"
SISTER_MARY = "Ask Sister Mary on ward 7 on 3 December about the drug error"


def test_a_coachs_card_with_a_patients_name_is_kept_only_once_its_writer_is_sure(as_coach):
    asked = as_coach.post("/coach/about/", {"learned": MRS_JONES})
    before = AboutCoach.objects.count()
    as_coach.post("/coach/about/", {"learned": MRS_JONES, "sure": "on"})

    assert (asked.status_code, before, AboutCoach.objects.count()) == (422, 0, 1)
    assert "This may be somebody&#x27;s name: “Mrs Jones”" in words(asked)
    assert 'type="checkbox" name="sure"' in words(asked)
    assert MRS_JONES in words(asked)


def test_a_participants_card_with_a_patients_name_is_kept_only_once_its_writer_is_sure(
    as_participant, booked
):
    page = f"/calls/{booked.pk}/about/"

    asked = as_participant.post(page, {"work": MRS_JONES})
    before = AboutMe.objects.count()
    as_participant.post(page, {"work": MRS_JONES, "sure": "on"})

    assert (asked.status_code, before, AboutMe.objects.count()) == (422, 0, 1)


def test_a_next_step_with_a_name_or_a_date_is_kept_only_once_the_coach_is_sure(ben_later, talked, guide):
    page = f"/coach/calls/{talked.booking_id}/"

    asked = ben_later.post(page, {**AFTER, "next_step": SISTER_MARY})
    before = NextStep.objects.count()
    ben_later.post(page, {**AFTER, "next_step": SISTER_MARY, "sure": "on"})

    assert (asked.status_code, before, NextStep.objects.count()) == (422, 0, 1)
    assert "“Sister Mary”" in words(asked)
    assert "“3 December”" in words(asked)
    assert 'type="checkbox" name="sure"' in words(asked)


def test_nothing_is_asked_where_nothing_leads_to_anybody(as_coach):
    page = words(as_coach.get("/coach/about/"))

    assert 'type="checkbox" name="sure"' not in page
    assert as_coach.post("/coach/about/", {"person": "I sing and I cook"}).status_code == 302


def test_a_next_step_may_name_its_weekday():
    form = around_forms.AfterCall({"next_step": "Ring the desk on Monday"}, titles=[])

    assert form.is_valid()
    assert scanning.scan("Ring the desk on Monday")
