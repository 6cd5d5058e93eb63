from datetime import timedelta

import pytest

from resilience import clock
from resilience.audit.models import AuditEvent
from resilience.evaluation.exports import asking
from resilience.evaluation.models import DataExport, ExportState
from resilience.participants.models import Respondent

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(unanswered, chi) -> DataExport:
    return asking.start(evaluation=unanswered, exact=False, by=chi, now=clock.now())


def now_of(row: DataExport) -> DataExport:
    return DataExport.objects.get(pk=row.pk)


def test_a_worker_writes_what_was_asked_for_and_each_step_is_on_record(finished, chi, drain):
    row = asking.start(evaluation=finished, exact=False, by=chi, now=clock.now())

    drain()

    done = now_of(row)
    assert (done.state, done.percent, done.people, done.why) == (ExportState.DONE, 100, 66, "")
    assert {path.name for path in asking.files(done)} >= {"long.csv", "wide.csv", "data.sav", "dataset.zip"}
    recorded = AuditEvent.objects.filter(event__startswith="export_").values_list("event", flat=True)
    assert sorted(recorded) == ["export_asked", "export_made"]


def test_asking_twice_gives_the_same_export_but_for_another_kind(asked, unanswered, chi):
    again = asking.start(evaluation=unanswered, exact=False, by=chi, now=clock.now())
    other = asking.start(evaluation=unanswered, exact=True, by=chi, now=clock.now())

    assert again == asked
    assert other != asked


def test_an_export_is_written_once_however_often_its_task_is_delivered(asked):
    asking.advance(asked.pk, clock=clock.now)
    asking.advance(asked.pk, clock=clock.now)

    assert AuditEvent.objects.filter(event="export_made").count() == 1


def test_one_whose_worker_was_killed_is_taken_over(asked):
    long_ago = clock.now() - asking.GIVEN_UP_AFTER - timedelta(minutes=1)
    DataExport.objects.filter(pk=asked.pk).update(state=ExportState.RUNNING, claimed_at=long_ago)

    asking.advance(asked.pk, clock=clock.now)

    assert now_of(asked).state == ExportState.DONE


def test_one_that_waits_is_cancelled_at_once_and_never_written(asked, chi, drain):
    asking.cancel(asked, by=chi, now=clock.now())

    drain()

    assert now_of(asked).state == ExportState.CANCELLED
    assert not asking.folder(asked).exists()


def test_one_that_is_being_written_stops_at_its_next_step_and_nothing_is_kept(asked, chi):
    ticks = []

    def cancelling_clock():
        ticks.append(1)
        if len(ticks) == 1:
            DataExport.objects.filter(pk=asked.pk).update(cancel_asked_at=clock.now())
        return clock.now()

    asking.advance(asked.pk, clock=cancelling_clock)

    assert now_of(asked).state == ExportState.CANCELLED
    assert not list(asking.folder(asked).parent.glob(f"{asked.pk}*"))
    with pytest.raises(asking.CannotCancel):
        asking.cancel(now_of(asked), by=chi, now=clock.now())


def test_what_nobody_foresaw_fails_in_words_and_leaves_nothing(asked, unanswered):
    plan = unanswered.plan
    del plan.content["grid"]
    plan.save()

    with pytest.raises(KeyError):
        asking.advance(asked.pk, clock=clock.now)

    assert (now_of(asked).state, now_of(asked).why) == (ExportState.FAILED, asking.UNKNOWN)
    assert not list(asking.folder(asked).parent.glob(f"{asked.pk}*"))


def test_files_are_deleted_after_a_week(asked):
    asking.advance(asked.pk, clock=clock.now)

    assert asking.throw_away(now=clock.now() + asking.KEPT - timedelta(hours=1)) == 0
    assert asking.throw_away(now=clock.now() + asking.KEPT + timedelta(hours=1)) == 1
    assert now_of(asked).state == ExportState.GONE
    assert not asking.folder(asked).exists()


def test_files_from_before_somebody_had_their_data_deleted_go_at_once(asked, ada):
    asking.advance(asked.pk, clock=clock.now)
    assert asking.throw_away(now=clock.now()) == 0

    Respondent.objects.filter(enrolment=ada).update(erased_at=clock.now())

    assert asking.throw_away(now=clock.now()) == 1
    assert asking.files(now_of(asked)) == []
