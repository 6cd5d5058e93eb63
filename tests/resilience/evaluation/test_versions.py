from datetime import timedelta

import pytest

from resilience import clock
from resilience.audit.models import AuditEvent
from resilience.evaluation import gather, plans, snapshots, system_outcomes, versions
from resilience.evaluation.dataset.told_of_units import Told
from resilience.evaluation.models import AnalysisPlan, Deviation, EarlierPlan
from resilience.measures.models import PlannedMeasure, Timepoint
from resilience.participants import freezing
from tests.factories.measures import TimepointFactory
from tests.factories.participants import ProgrammeFactory

pytestmark = pytest.mark.django_db

WHY = "The unit asked for it."


def again(evaluation) -> AnalysisPlan:
    """The plan as it is stored, with nothing remembered of it."""
    return AnalysisPlan.objects.select_related("evaluation__programme").get(evaluation=evaluation)


def frozen(evaluation, chi, now) -> AnalysisPlan:
    return versions.freeze(again(evaluation), by=chi, now=now)


def recorded(event: str) -> int:
    return AuditEvent.objects.filter(event=event).count()


def test_of_two_who_freeze_at_once_the_first_counts(being_planned, chi, tuesday):
    late = again(being_planned)
    first = frozen(being_planned, chi, tuesday)

    with pytest.raises(plans.AlreadyFrozen):
        versions.freeze(late, by=chi, now=tuesday + timedelta(seconds=1))

    assert again(being_planned).frozen_at == first.frozen_at


def test_what_is_typed_is_kept_and_nothing_is_frozen_by_it(being_planned, chi, tuesday):
    versions.write(again(being_planned), typed={"suppress_below": 15}, by=chi, now=tuesday)

    plan = again(being_planned)
    assert (plan.content["suppress_below"], plan.frozen_at, plan.hash) == (15, None, "")
    assert freezing.since(programme=being_planned.programme.slug) is None
    assert recorded("plan_changed") == 1


def test_freezing_gives_a_date_and_a_fingerprint_of_what_was_written(being_planned, chi, tuesday):
    versions.write(again(being_planned), typed={"exposure": 2}, by=chi, now=tuesday)

    plan = frozen(being_planned, chi, tuesday)

    assert (plan.frozen_at, plan.version, plan.content["exposure"]) == (tuesday, 1, 2)
    assert plan.hash == plans.digest(plan.content)
    assert recorded("plan_frozen") == 1


@pytest.mark.parametrize("lacking", ["approval", "sponsor", "retention"])
def test_research_is_not_frozen_without_who_approved_it_who_sponsors_it_and_how_long_it_keeps_data(
    being_planned, chi, tuesday, lacking
):
    said = {"approval": "26/NW/0123", "sponsor": "The trust", "retention": "Ten years", lacking: ""}
    versions.write(again(being_planned), typed={"kind": "research", **said}, by=chi, now=tuesday)

    with pytest.raises(versions.Unfinished) as refused:
        frozen(being_planned, chi, tuesday)

    assert list(refused.value.faults) == [lacking]
    assert again(being_planned).frozen_at is None


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"primary": []}, "primary"),
        ({"primary": ["who5"]}, "primary"),
        ({"primary": ["who5", "coping_confidence", "phq8"]}, "primary"),
        ({"suppress_below": 4}, "suppress_below"),
        ({"no_system_outcomes": ""}, "no_system_outcomes"),
    ],
    ids=["no primary measure", "not asked then", "three", "too small groups", "no reason"],
)
def test_a_plan_that_decides_too_little_or_too_much_is_not_frozen(being_planned, chi, tuesday, typed, fault):
    versions.write(again(being_planned), typed=typed, by=chi, now=tuesday)

    with pytest.raises(versions.Unfinished) as refused:
        frozen(being_planned, chi, tuesday)

    assert list(refused.value.faults) == [fault]


def test_a_primary_time_point_asks_a_primary_measure(being_planned, chi, tuesday):
    TimepointFactory(programme=being_planned.programme, key="t3", label="Later", position=3, asks=["who5"])
    versions.write(again(being_planned), typed={"primary_timepoints": ["t2", "t3"]}, by=chi, now=tuesday)

    with pytest.raises(versions.Unfinished) as refused:
        frozen(being_planned, chi, tuesday)

    assert "“Later”" in refused.value.faults["primary_timepoints"]


def test_outcomes_of_units_stand_for_a_reason(being_planned, chi, tuesday):
    versions.write(again(being_planned), typed={"no_system_outcomes": ""}, by=chi, now=tuesday)
    rows = [Told("Ward 1", "2026 Q3", "absence", 4.5)]
    system_outcomes.tell(evaluation=being_planned, rows=rows, by=chi, now=tuesday)

    assert frozen(being_planned, chi, tuesday).frozen_at == tuesday


def test_a_draft_looks_first_at_a_time_point_that_asks_its_primary_measure(chi, tuesday):
    programme = ProgrammeFactory()
    TimepointFactory(programme=programme, key="t1", position=1, asks=["who5"])
    TimepointFactory(programme=programme, key="t2", position=2, asks=["phq8"])
    TimepointFactory(programme=programme, key="t3", position=3, asks=["who5"])

    assert plans.draft(programme)["primary_timepoints"] == ["t3"]


def test_a_change_after_freezing_waits_beside_the_frozen_plan(being_planned, chi, tuesday):
    before = frozen(being_planned, chi, tuesday)

    versions.write(again(being_planned), typed={"exposure": 2}, by=chi, now=tuesday)

    plan = again(being_planned)
    assert (plan.content, plan.hash, plan.version) == (before.content, before.hash, 1)
    assert plan.next_content["exposure"] == 2


def test_a_new_version_keeps_the_old_one_and_its_reason_is_printed(being_planned, chi, tuesday):
    first = frozen(being_planned, chi, tuesday)
    versions.write(again(being_planned), typed={"exposure": 2}, by=chi, now=tuesday)
    later = tuesday + timedelta(days=3)

    plan = versions.replace(again(being_planned), why=WHY, by=chi, now=later)

    assert (plan.version, plan.frozen_at, plan.content["exposure"], plan.next_content) == (2, later, 2, None)
    kept = EarlierPlan.objects.get()
    assert (kept.version, kept.content, kept.hash, kept.frozen_at) == (1, first.content, first.hash, tuesday)
    printed = gather.dataset(gather.Cohort(plan.evaluation, as_of=later)).plan
    assert [each["why"] for each in printed.deviations] == [WHY]
    assert "Calls that count as coached" in printed.deviations[0]["what"]
    assert printed.earlier == ({"version": 1, "frozen_on": "2026-11-03", "hash": first.hash},)
    assert recorded("plan_replaced") == 1


def test_a_version_in_which_nothing_is_different_replaces_nothing(being_planned, chi, tuesday):
    frozen(being_planned, chi, tuesday)
    with pytest.raises(versions.NothingNew):
        versions.replace(again(being_planned), why=WHY, by=chi, now=tuesday)
    versions.write(again(being_planned), typed={}, by=chi, now=tuesday)

    with pytest.raises(versions.NothingNew):
        versions.replace(again(being_planned), why=WHY, by=chi, now=tuesday)

    assert not EarlierPlan.objects.exists()


def test_a_version_that_is_thrown_away_leaves_the_frozen_plan(being_planned, chi, tuesday):
    frozen(being_planned, chi, tuesday)
    versions.write(again(being_planned), typed={"exposure": 2}, by=chi, now=tuesday)

    versions.drop_next(again(being_planned), by=chi, now=tuesday)

    plan = again(being_planned)
    assert (plan.next_content, plan.content["exposure"]) == (None, 1)


def test_a_question_that_is_asked_since_then_comes_into_the_next_version_alone(being_planned, chi, tuesday):
    frozen(being_planned, chi, tuesday)
    PlannedMeasure.objects.create(
        timepoint=Timepoint.objects.get(programme=being_planned.programme, key="t2"),
        instrument="phq8", position=2,
    )  # fmt: skip

    plan = versions.write(again(being_planned), typed={"reliability": {"who5": 0.7}}, by=chi, now=tuesday)

    assert "phq8" not in plan.content["grid"]
    assert plan.next_content["grid"]["phq8"] == ["t2"]
    assert plan.next_content["cutoff"]["phq8"] == ["<", 10]
    assert plan.next_content["reliability"]["who5"] == 0.7


def test_what_is_added_after_data_were_frozen_is_shown_as_not_planned(being_planned, chi, tuesday):
    versions.write(again(being_planned), typed={"analyses": ["change"]}, by=chi, now=tuesday)
    frozen(being_planned, chi, tuesday)
    snapshots.take(evaluation=again(being_planned).evaluation, as_of=tuesday, now=tuesday)
    PlannedMeasure.objects.create(
        timepoint=Timepoint.objects.get(programme=being_planned.programme, key="t2"),
        instrument="phq8", position=2,
    )  # fmt: skip
    later = tuesday + timedelta(days=1)
    typed = {"analyses": ["change", "cost"]}
    versions.write(again(being_planned), typed=typed, by=chi, now=later)

    plan = versions.replace(again(being_planned), why=WHY, by=chi, now=later)

    found = gather.dataset(gather.Cohort(plan.evaluation, as_of=later))
    assert "phq8" in {measure.key for measure in found.measures}
    assert "phq8" not in found.plan.planned
    assert found.plan.analyses == ("change",)


def test_what_is_added_before_any_data_were_frozen_is_planned(being_planned, chi, tuesday):
    versions.write(again(being_planned), typed={"analyses": ["change"]}, by=chi, now=tuesday)
    frozen(being_planned, chi, tuesday)
    versions.write(again(being_planned), typed={"analyses": ["change", "cost"]}, by=chi, now=tuesday)

    plan = versions.replace(again(being_planned), why=WHY, by=chi, now=tuesday)

    found = gather.dataset(gather.Cohort(plan.evaluation, as_of=tuesday)).plan
    assert found.analyses == ("change", "cost")


def test_a_deviation_has_a_reason_and_a_frozen_plan_to_depart_from(being_planned, chi, tuesday):
    with pytest.raises(versions.NotFrozen):
        versions.deviate(again(being_planned), what="x", why="y", by=chi, now=tuesday)
    plan = frozen(being_planned, chi, tuesday)

    versions.deviate(plan, what="T2 opened late.", why=WHY, by=chi, now=tuesday)

    assert Deviation.objects.get().version == 1
    printed = gather.dataset(gather.Cohort(plan.evaluation, as_of=clock.now())).plan.deviations
    assert printed == ({"when": "2026-11-03", "what": "T2 opened late.", "why": WHY},)
    assert recorded("plan_deviated") == 1


def test_a_plan_of_an_earlier_version_of_the_site_goes_on_with_what_it_did_not_say(
    being_planned, chi, tuesday
):
    old = again(being_planned)
    for key in ("kind", "analyses", "exposure", "windows", "primary_timepoints", "cost", *plans.SAID):
        del old.content[key]
    old.save()

    found = gather.dataset(gather.Cohort(again(being_planned).evaluation, as_of=tuesday)).plan

    assert (found.kind, found.exposure, found.cost) == ("service", 1, {})
    assert versions.written(again(being_planned))["kind"] == "service"
