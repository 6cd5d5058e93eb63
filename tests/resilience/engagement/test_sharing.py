"""What somebody shares, counts and remarks."""

import pytest

from resilience.audit.models import AuditEvent
from resilience.engagement import remarks, sharing, taking_part, tallies
from resilience.engagement.models import Counted, Remark, SharedCopy, Tally

pytestmark = pytest.mark.django_db
LINES = [("What did you do that helped?", "I asked twice.")]


def _share(ada, tuesday):
    return sharing.share(
        enrolment=ada,
        exercise="strengths",
        title="Strengths",
        lines=LINES,
        by=ada.participant.user,
        at=tuesday,
    )


def test_a_shared_copy_reads_as_it_stood_when_it_was_shared(ada, ben, tuesday):
    _share(ada, tuesday)

    (copy,) = sharing.read(ada, by=ben.user, at=tuesday)

    assert (copy.title, copy.lines) == ("Strengths", tuple(LINES))


def test_the_copy_is_stored_under_the_persons_own_key(ada, tuesday):
    _share(ada, tuesday)

    (stored,) = SharedCopy.objects.extra(select={"raw": "lines"}).values_list("raw", flat=True)

    assert "asked twice" not in stored


def test_what_is_taken_back_can_no_longer_be_read(ada, ben, tuesday):
    _share(ada, tuesday)

    sharing.take_back(enrolment=ada, exercise="strengths", by=ada.participant.user, at=tuesday)

    assert sharing.read(ada, by=ben.user, at=tuesday) == []


def test_each_reading_by_somebody_else_is_written_down(ada, ben, tuesday):
    _share(ada, tuesday)

    sharing.read(ada, by=ben.user, at=tuesday)
    sharing.read(ada, by=ada.participant.user, at=tuesday)

    readers = AuditEvent.objects.filter(event="shared_copies_read").values_list("actor_id", flat=True)
    assert [str(each) for each in readers] == [str(ben.user.pk)]


def test_a_tap_replaces_the_one_before_and_is_counted_once(ada):
    tallies.put(enrolment=ada, what=Counted.USED, about="try_it", tags=["work", "home"])

    tallies.put(enrolment=ada, what=Counted.USED, about="try_it", tags=["home"])
    tallies.put(enrolment=ada, what=Counted.USED, about="try_it", tags=["home"])

    assert tallies.of(ada, Counted.USED) == {"try_it": {"home"}}
    assert Tally.objects.count() == 1


def test_an_empty_remark_takes_the_older_one_away(ada, tuesday):
    remarks.put(enrolment=ada, about="module-1", words="Shorter, please.", at=tuesday)

    remarks.put(enrolment=ada, about="module-1", words="", at=tuesday)

    assert not Remark.objects.exists()


def test_nothing_is_shared_or_counted_after_somebody_has_stopped(ada, tuesday):
    ada.withdrawn_at = tuesday

    with pytest.raises(taking_part.Stopped):
        _share(ada, tuesday)
    with pytest.raises(taking_part.Stopped):
        tallies.put(enrolment=ada, what=Counted.USED, about="try_it", tags=["home"])


@pytest.mark.parametrize("copies", [1, 10])
def test_reading_costs_the_same_however_much_is_shared(
    ada, ben, tuesday, django_assert_max_num_queries, copies
):
    for number in range(copies):
        sharing.share(
            enrolment=ada, exercise=f"exercise_{number}", title="Strengths", lines=LINES,
            by=ada.participant.user, at=tuesday,
        )  # fmt: skip

    with django_assert_max_num_queries(5):
        assert len(sharing.read(ada, by=ben.user, at=tuesday)) == copies


def test_all_is_taken_back_at_once(ada, ben, tuesday):
    _share(ada, tuesday)

    sharing.take_all_back(enrolment=ada, by=ada.participant.user, at=tuesday)

    assert sharing.read(ada, by=ben.user, at=tuesday) == []
    assert AuditEvent.objects.filter(event="sharing_taken_back").count() == 1


def test_it_is_known_who_shares_something(ada, tuesday):
    before = sharing.among([ada.pk])
    _share(ada, tuesday)

    assert (before, sharing.among([ada.pk])) == (set(), {ada.pk})
