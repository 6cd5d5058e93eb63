import pytest

from resilience.evaluation.analysis import barriers

ROWS = (
    [("NOT_NOW", "NO_TIME")] * 17
    + [("NOT_NOW", "WORN_OUT")] * 5
    + [("NOT_NOW", "NOT_CLEAR")] * 3
    + [("STOPPED", "OTHER")]
)


def test_each_stage_has_its_reasons_the_most_named_first():
    found = barriers.table(ROWS)

    assert list(found) == ["NOT_NOW", "STOPPED"]
    assert list(found["NOT_NOW"].named) == ["NO_TIME", "WORN_OUT", "NOT_CLEAR"]
    assert found["NOT_NOW"].named["NO_TIME"] == barriers.Named(17, 68.0)  # time: 68 %, as published


def test_per_cent_of_a_stage_sum_to_a_hundred():
    for stage in barriers.table(ROWS).values():
        assert sum(each.percent for each in stage.named.values()) == pytest.approx(100)


def test_how_many_left_the_reason_out_is_said_where_it_is_known():
    found = barriers.table(ROWS, happened={"NOT_NOW": 40, "CANCELLED": 6})

    assert found["NOT_NOW"].left_out == 15
    assert found["CANCELLED"] == barriers.Stage(said=0, left_out=6, named={})
    assert found["STOPPED"].left_out is None


def test_of_nothing_there_is_no_table():
    assert barriers.table([]) == {}
