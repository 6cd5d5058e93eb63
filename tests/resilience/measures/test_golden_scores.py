"""Every rule that ships, against scores worked by hand: tests/golden/scores.toml holds them with their working."""

import tomllib
from pathlib import Path

import pytest

from resilience.measures import shipped
from resilience.measures.scoring import rules

GOLDEN = tomllib.loads((Path(__file__).parents[2] / "golden" / "scores.toml").read_text())
CASES = [
    pytest.param(key, case, id=f"{key}: {case['working'][:40]}")
    for key, cases in GOLDEN.items()
    for case in cases
]


@pytest.mark.parametrize(("key", "case"), CASES)
def test_a_rule_that_ships_gives_what_is_worked_out_by_hand(key, case):
    instrument = shipped.newest()[key]
    numbered = zip(instrument.items, case["answers"], strict=True)
    answers = {item.key: value for item, value in numbered if value != ""}

    made = {rule.scale: rules.score(answers, rule) for rule in instrument.scales}

    scored = {scale: one for scale, one in made.items() if isinstance(one, rules.Scored)}
    assert {scale: one.value for scale, one in scored.items()} == pytest.approx(
        {name: value for name, value in case.items() if name not in ("answers", "working", "prorated")}
    )
    assert any(one.prorated for one in scored.values()) == case.get("prorated", False)


def test_every_rule_that_ships_has_floor_ceiling_and_one_too_few():
    scored = {key for key, instrument in shipped.newest().items() if instrument.scales}

    assert scored == set(GOLDEN)
    for key in scored - {"swemwbs"}:
        working = " ".join(case["working"] for case in GOLDEN[key])
        assert "floor" in working, key
        assert "ceiling" in working, key
        assert any(len(case) - 2 < len(shipped.newest()[key].scales) for case in GOLDEN[key]), key
