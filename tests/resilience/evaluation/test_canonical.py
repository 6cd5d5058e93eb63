from dataclasses import replace

import pytest

from resilience.evaluation import canonical
from resilience.evaluation.analysis import frozen


def test_what_is_read_is_what_was_written(snapshot):
    files = canonical.write(snapshot)

    assert canonical.read(files, expected=canonical.checksum(files)) == replace(
        snapshot, checksum=canonical.checksum(files)
    )


def test_the_order_of_the_rows_does_not_matter(snapshot):
    turned = replace(
        snapshot,
        dataset=replace(
            snapshot.dataset, people=snapshot.dataset.people[::-1], answers=snapshot.dataset.answers[::-1]
        ),
    )

    assert canonical.write(turned) == canonical.write(snapshot)


def test_one_changed_answer_is_noticed(snapshot):
    files = canonical.write(snapshot)
    expected = canonical.checksum(files)
    files[canonical.ITEMS] = files[canonical.ITEMS].replace(b",5\n", b",4\n", 1)

    with pytest.raises(canonical.Altered):
        canonical.read(files, expected=expected)


def test_a_fraction_keeps_its_places(snapshot):
    half = replace(snapshot.dataset.answers[0], value=2.5)
    data = replace(snapshot.dataset, answers=(half,))
    files = canonical.write(replace(snapshot, dataset=data))

    assert canonical.read(files, expected=canonical.checksum(files)).dataset.answers == (half,)


def test_who_was_asked_nothing_stands_in_a_column_of_its_own(snapshot):
    first, *others = snapshot.dataset.people
    data = replace(snapshot.dataset, people=(replace(first, spared=("t3",)), *others))
    files = canonical.write(replace(snapshot, dataset=data))

    found = canonical.read(files, expected=canonical.checksum(files)).dataset

    assert [each.key for each in found.people if each.spared] == [first.key]
    assert found.spared("t3") == {first.key}


def test_windows_reasons_the_coachs_time_and_sums_are_kept(snapshot):
    first, *others = snapshot.dataset.people
    told = replace(
        first, offered_how="core", declined_because="NO_TIME", stopped_because="MOVED_ON", unit="=Ward 1"
    )
    data = replace(
        snapshot.dataset,
        people=(told, *others),
        calls=(
            frozen.Call(
                first.key, "c", frozen.FULFILLED, 30, "VIDEO",
                preparation=12, waited=0, background=frozen.NOT_CLINICAL,
            ),
        ),
        waves=(frozen.Wave(first.key, "t1", 0, -1, 27),),
        joined=("2026-01-05", "2026-01-19"),
        context={"approached": {"email": 160}, "system": {"absence": {'Ward "1"': {"2026 Q1": 4.5}}}},
        plan=replace(snapshot.dataset.plan, deviations=({"when": "2026-02-01", "what": "a", "why": "b"},)),
    )  # fmt: skip

    files = canonical.write(replace(snapshot, dataset=data))
    found = canonical.read(files, expected=canonical.checksum(files)).dataset

    assert (found.people[0], found.calls, found.waves) == (told, data.calls, data.waves)
    assert (found.joined, found.context, found.plan) == (data.joined, data.context, data.plan)


def test_a_persons_calls_stay_in_the_order_in_which_they_came(snapshot):
    """Twelve calls, their coaches' names against the order of the alphabet: clustering asks for the first coach."""
    first = snapshot.dataset.people[0].key
    came = tuple(frozen.Call(first, f"coach-{12 - place:02}", frozen.FULFILLED, 30) for place in range(12))
    data = replace(snapshot.dataset, calls=came)

    files = canonical.write(replace(snapshot, dataset=data))

    assert canonical.read(files, expected=canonical.checksum(files)).dataset.calls == came


def test_a_snapshot_of_an_earlier_version_is_read_without_what_it_did_not_hold(snapshot):
    files = canonical.write(snapshot)
    del files[canonical.WAVES]
    files[canonical.CALLS] = b"participant,coach,outcome,minutes\np001,coach-1,FULFILLED,30\n"
    files[canonical.PARTICIPANTS] = (
        b"participant,started,modules,offered_call,accepted_call,withdrew,arm,calls_attended,gender\n"
        b"p001,1,5,1,1,0,,,female\n"
    )

    found = canonical.read(files, expected=canonical.checksum(files)).dataset

    assert found.calls == (frozen.Call("p001", "coach-1", "FULFILLED", 30),)
    assert found.people[0].characteristics == {"gender": "female"}
    assert (found.waves, found.people[0].offered_how) == ((), "")
