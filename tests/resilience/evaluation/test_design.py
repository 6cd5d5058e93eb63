"""What the evaluation knows of groups: who was in which, who was offered calls, what the report says of both."""

import csv
import io

import pytest

from resilience import clock
from resilience.evaluation import design, disclosure, figures, gather, snapshots
from resilience.evaluation.dataset import exporting
from resilience.evaluation.reports import sentences_of_design
from resilience.participants.models import Programme, ResultsShown
from tests.factories import arms
from tests.factories.measures import TimepointFactory

pytestmark = pytest.mark.django_db
BLOCKS = {"blocks": [4, 6], "strata": ["profession"]}


def said(evaluation) -> str:
    """Return what the report says in its methods, from a snapshot that went through its files."""
    stored = snapshots.take(evaluation=evaluation, as_of=clock.now(), now=clock.now())
    found = disclosure.release(figures.compose(snapshots.load(stored), version="1")).figures
    return f"{sentences_of_design.in_short(found)}. {sentences_of_design.methods(found)}"


def test_each_person_is_told_with_the_group_that_they_were_in_by_then(unanswered, tuesday, tmp_path):
    programme = unanswered.programme
    TimepointFactory(programme=programme, key="t2").planned.all().delete()
    TimepointFactory(programme=programme).planned.exclude(instrument="who5").delete()
    arms.confirmed(programme, now=tuesday)
    people = {str(one.respondent_id): one for one in (arms.arrives(programme, at=tuesday) for _ in range(4))}
    unanswered.programme.refresh_from_db()

    found = {one.key: one.arm for one in gather.dataset(gather.Cohort(unanswered, as_of=tuesday)).people}
    exporting.export(evaluation=unanswered, out=tmp_path, now=tuesday)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "participants.csv").read_text())))

    assert found == {key: arms.group_of(one) for key, one in people.items()}
    assert sorted(row["arm"] for row in rows) == ["a", "a", "b", "b"]


def test_nobody_of_a_group_without_calls_counts_as_offered_one(unanswered, tuesday):
    programme = unanswered.programme
    arms.confirmed(programme, now=tuesday, blocks=[2])
    TimepointFactory(programme=programme).planned.exclude(instrument="who5").delete()
    people = [arms.arrives(programme, at=tuesday) for _ in range(2)]
    for one in people:
        arms.answers_at(one, "t2", "coping_confidence", at=tuesday)
    unanswered.programme.refresh_from_db()

    told = gather.dataset(gather.Cohort(unanswered, as_of=tuesday)).people

    assert {(one.arm, one.offered_call) for one in told} == {("a", True), ("b", False)}


@pytest.mark.parametrize(
    ("how", "held", "words"),
    [
        (None, False, "One group, before and after. Nobody was put into a group. "
                      "Cards to pass on to colleagues were not held back."),
        (BLOCKS, True, "2 groups, before and after. After their first questions people were put into a group by "
                       "chance, each on their own, in permuted blocks of 4 and 6, separately by profession: Group A "
                       "and Group B. Nobody could know the next group, and the seed gives the same order again. Cards "
                       "to pass on to colleagues were held back until each person's last questions were over."),
        ({"by": "TABLE", "blocks": []}, False, "People were put into groups by a table from elsewhere: Group A and "
                                               "Group B. Cards"),
    ],
    ids=["none", "blocks", "table"],
)  # fmt: skip
def test_the_report_says_how_people_came_into_groups_and_whether_cards_were_held_back(
    unanswered, tuesday, how, held, words
):
    if how:
        arms.confirmed(unanswered.programme, now=tuesday, **how)
    Programme.objects.update(cards_held_back=held)
    unanswered.programme.refresh_from_db()

    assert words in said(unanswered)


@pytest.mark.parametrize(("shown", "told"), [(ResultsShown.ALWAYS, True), (ResultsShown.AFTER_LAST, False)])
def test_the_report_says_where_people_could_see_their_results_before_the_last_questions(
    unanswered, shown, told
):
    Programme.objects.update(results_shown=shown)
    unanswered.programme.refresh_from_db()

    assert ("could see their own results from the first on" in said(unanswered)) == told


def test_the_seed_is_in_no_snapshot_and_its_mark_is(unanswered, tuesday):
    plan = arms.confirmed(unanswered.programme, now=tuesday)

    told = str(design.of(unanswered.programme))

    assert plan.seed not in told
    assert design.of(unanswered.programme)["mark"]
