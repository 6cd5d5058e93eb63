import pytest

from resilience.audit.models import AuditEvent
from resilience.evaluation import instruments, plans
from resilience.evaluation.analysis import frozen_plan
from resilience.evaluation.dataset import planning
from resilience.evaluation.models import AnalysisPlan, Evaluation
from resilience.participants import freezing
from tests.factories.measures import TimepointFactory
from tests.factories.participants import ProgrammeFactory

pytestmark = pytest.mark.django_db


def test_a_plan_follows_the_grid_and_the_instruments(unanswered):
    content = unanswered.plan.content

    assert content["timepoints"] == ["t1", "t2"]
    assert content["grid"] == {"who5": ["t1"], "coping_confidence": ["t1", "t2"]}
    assert content["primary"] == ["coping_confidence"]
    assert content["direction"] == {"who5": 1, "coping_confidence": 1}
    assert content["cutoff"] == {"who5": [">", 50]}
    assert (content["reliability"], content["mcid"]) == ({"who5": 0.81}, {"who5": 10})
    assert content["suppress_below"] == 10


def test_opening_an_evaluation_freezes_its_plan_with_date_and_hash(unanswered, tuesday):
    plan = unanswered.plan

    assert (plan.frozen_at, len(plan.hash)) == (tuesday, 64)
    assert AuditEvent.objects.filter(event="plan_frozen", target_id=str(plan.pk)).count() == 1


def test_opening_an_evaluation_freezes_the_content_of_its_programme(unanswered, tuesday):
    assert freezing.since(programme=unanswered.programme.slug) == tuesday.date()


def test_a_frozen_plan_is_not_frozen_again(unanswered, tuesday):
    before = unanswered.plan.hash
    changed = AnalysisPlan.objects.get(pk=unanswered.plan.pk)
    changed.content["suppress_below"] = 5

    with pytest.raises(plans.AlreadyFrozen):
        plans.freeze(changed, now=tuesday)

    stored = AnalysisPlan.objects.get(pk=unanswered.plan.pk)
    assert (stored.hash, stored.content["suppress_below"]) == (before, 10)


def test_a_programme_that_asks_nothing_has_no_plan(tuesday):
    with pytest.raises(plans.NoTimepoints):
        plans.open_evaluation(programme=ProgrammeFactory(), slug="x", name="X", now=tuesday)

    assert not Evaluation.objects.exists()


def test_an_instrument_with_scales_gives_a_measure_for_each(tuesday):
    programme = ProgrammeFactory()
    TimepointFactory(programme=programme, asks=["leaving", "unwanted_effects"])

    content = plans.draft(programme)

    assert plans.measures_of("leaving") == ["leaving.job", "leaving.profession"]
    assert plans.measures_of("unwanted_effects") == []
    assert content["primary"] == ["leaving.job"]


def test_questions_without_a_score_leave_the_plan_without_a_primary_measure(tuesday):
    programme = ProgrammeFactory()
    TimepointFactory(programme=programme, asks=["unwanted_effects"])

    assert plans.draft(programme)["primary"] == []


def test_ways_of_coping_that_people_seldom_speak_of_are_apart_and_never_primary(tuesday):
    programme = ProgrammeFactory()
    TimepointFactory(programme=programme, asks=["brief_cope"])

    content = plans.draft(programme)

    assert {"brief_cope.denial", "brief_cope.self_distraction"} <= plans.apart(content["grid"])
    assert "brief_cope.active_coping" not in plans.apart(content["grid"])
    assert content["primary"] == ["brief_cope.active_coping"]
    assert not plans.apart(["who5", "coping_confidence"])
    assert {one.key for one in instruments.measures(content) if one.apart} == plans.apart(content["grid"])


def test_a_plan_from_elsewhere_cannot_name_one_of_them_as_primary(tuesday):
    programme = ProgrammeFactory()
    TimepointFactory(programme=programme, asks=["brief_cope"])
    content = plans.draft(programme) | {"primary": ["brief_cope.denial"]}

    assert [words for _key, words in planning.faults(content)] == [
        "“brief_cope.denial” asks for ways of coping: it cannot be a primary measure"
    ]


def test_a_plan_of_an_earlier_version_keeps_its_hash_and_what_it_planned(unanswered):
    older = {key: value for key, value in unanswered.plan.content.items() if key != "analyses"}
    AnalysisPlan.objects.filter(pk=unanswered.plan.pk).update(content=older, hash=plans.digest(older))
    stored = AnalysisPlan.objects.get(pk=unanswered.plan.pk)

    read = instruments.plan(stored, due=("t1",), settled=stored.content)

    assert plans.digest(stored.content) == stored.hash
    assert read.analyses == frozen_plan.FIRST_ANALYSES
