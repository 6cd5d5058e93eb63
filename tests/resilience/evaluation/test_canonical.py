from dataclasses import replace

import pytest

from resilience.evaluation import canonical


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
