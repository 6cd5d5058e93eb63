"""Somebody who had their data deleted is in no frozen data any more, but for what they let stay."""

from datetime import timedelta

import pytest

from resilience import clock
from resilience.audit import events
from resilience.audit.models import AuditEvent
from resilience.evaluation import canonical, snapshots, taking_out
from resilience.evaluation.models import AnalysisRun, Report, RunState
from resilience.journeys import withdrawing
from resilience.participants.models import Enrolment, Respondent, Withdrawal

pytestmark = pytest.mark.django_db
DELETE, KEEP = Withdrawal.Choice.DELETE, Withdrawal.Choice.DELETE_KEEP


@pytest.fixture
def finished(finished_all_along, db):
    return finished_all_along()


@pytest.fixture
def frozen(finished):
    """Frozen data of the finished cohort, not published."""
    now = clock.now()
    return snapshots.take(evaluation=finished, as_of=now, now=now)


@pytest.fixture
def published(frozen):
    """The same, behind a report."""
    run = AnalysisRun.objects.create(
        evaluation=frozen.evaluation,
        snapshot=frozen,
        as_of=frozen.as_of,
        asked_at=frozen.as_of,
        state=RunState.DONE,
    )
    Report.objects.create(run=run, made_at=frozen.as_of, version="1", checksum="x")
    return frozen


def one_of(frozen) -> Enrolment:
    person = snapshots.load(frozen).dataset.people[0].key
    return Enrolment.objects.get(respondent=person)


def delete(enrolment: Enrolment, choice: str) -> None:
    withdrawing.withdraw(enrolment=enrolment, choice=choice, by=enrolment.participant.user, now=clock.now())


def kept(frozen) -> bool:
    return snapshots.folder(frozen.checksum).exists()


def test_deleting_throws_frozen_data_away_also_behind_a_report(published):
    delete(one_of(published), DELETE)

    taking_out.take_out(now=clock.now())

    assert not kept(published)
    assert Report.objects.count() == 1
    assert AuditEvent.objects.filter(event=events.SNAPSHOT_THROWN_AWAY).count() == 1


def test_whoever_lets_their_numbers_stay_stays_in_what_is_published(published):
    delete(one_of(published), KEEP)

    taking_out.take_out(now=clock.now())

    assert kept(published)


def test_what_was_never_published_holds_nobody_who_deleted(frozen):
    delete(one_of(frozen), KEEP)

    taking_out.take_out(now=clock.now())

    assert not kept(frozen)


@pytest.mark.parametrize("choice", [DELETE, KEEP])
def test_frozen_anew_as_of_the_same_moment_all_is_there_but_that_person(finished, frozen, choice):
    before = snapshots.load(frozen).dataset
    gone = one_of(frozen)
    key = str(gone.respondent_id)
    delete(gone, choice)

    files = snapshots.freeze(evaluation=finished, as_of=frozen.as_of)

    after = canonical.read(files, expected=canonical.checksum(files)).dataset
    assert after.people == tuple(each for each in before.people if each.key != key)
    assert after.answers == tuple(each for each in before.answers if each.person != key)
    assert after.scores == tuple(each for each in before.scores if each.person != key)


def test_frozen_data_of_others_are_left_alone(frozen, ada):
    delete(ada, DELETE)

    assert taking_out.take_out(now=clock.now()) == 0
    assert kept(frozen)


def test_each_is_looked_for_until_nothing_begun_before_can_be_stored(frozen, time_passes):
    gone = one_of(frozen)
    delete(gone, DELETE)
    taking_out.take_out(now=clock.now())
    snapshots.folder(frozen.checksum).mkdir(parents=True)
    late = snapshots.folder(frozen.checksum) / canonical.PARTICIPANTS
    late.write_text(f"participant\n{gone.respondent_id}\n")

    again = taking_out.take_out(now=clock.now() + timedelta(minutes=61))
    done = taking_out.take_out(now=clock.now() + timedelta(minutes=122))

    assert (again, done) == (1, 0)
    assert Respondent.objects.get(pk=gone.respondent_id).taken_out_at is not None


def test_a_report_can_be_built_after_somebody_left(finished, frozen):
    delete(one_of(frozen), DELETE)
    taking_out.take_out(now=clock.now())

    again = snapshots.take(evaluation=finished, as_of=frozen.as_of, now=clock.now())

    assert len(snapshots.load(again).dataset.people) == 65
