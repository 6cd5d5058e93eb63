import pytest

from resilience import clock
from resilience.evaluation import canonical, snapshots
from resilience.evaluation.models import DatasetSnapshot

pytestmark = pytest.mark.django_db


def test_the_same_data_give_the_same_bytes_and_one_snapshot(finished):
    now = clock.now()

    first = snapshots.take(evaluation=finished, as_of=now, now=now)
    second = snapshots.take(evaluation=finished, as_of=now, now=now)

    assert first == second
    assert DatasetSnapshot.objects.count() == 1
    assert snapshots.freeze(evaluation=finished, as_of=now) == snapshots.freeze(
        evaluation=finished, as_of=now
    )


def test_a_snapshot_holds_the_whole_cohort_with_its_words(finished):
    now = clock.now()

    found = snapshots.load(snapshots.take(evaluation=finished, as_of=now, now=now))

    assert (len(found.dataset.people), found.synthetic, found.evaluation) == (66, True, "demonstration")
    assert found.labels["acceptability:1"] == "It was worth the time it took."
    assert {measure.key: measure.validated for measure in found.dataset.measures} == {
        "who5": True, "phq8": True, "coping_confidence": False, "leaving.job": False, "leaving.profession": False,
        "acceptability": False,
    }  # fmt: skip


def test_a_stored_snapshot_that_was_changed_is_refused(finished):
    now = clock.now()
    stored = snapshots.take(evaluation=finished, as_of=now, now=now)
    path = snapshots.folder(stored.checksum) / canonical.CALLS
    path.write_bytes(path.read_bytes() + b"x,y,FULFILLED,1\n")

    with pytest.raises(canonical.Altered):
        snapshots.load(stored)


def test_nobody_at_all_can_be_frozen(unanswered):
    now = clock.now()

    found = snapshots.load(snapshots.take(evaluation=unanswered, as_of=now, now=now))

    assert (found.dataset.people, found.dataset.plan.due) == ((), ("t1",))
