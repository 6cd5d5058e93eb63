import pytest

from resilience.evaluation.analysis import characteristics


def test_groups_are_shares_of_those_who_said(five):
    """Four answered at baseline; one of them left the profession out: two nurses and a doctor of three."""
    found = characteristics.summarise(five)

    profession = found.categories["profession"]
    assert (found.n, profession.missing) == (4, 1)
    assert {name: share.n for name, share in profession.groups.items()} == {"doctor": 1, "nurse": 2}
    assert profession.groups["nurse"].percent == pytest.approx(200 / 3)


def test_baseline_scores_are_contrasted_by_calls_without_a_p_value(five):
    """With a call 4 and 6, without one 0 alone: no spread there, so no standardised difference."""
    contrast = characteristics.summarise(five).scores["mood"]

    assert (contrast.coached.n, contrast.coached.mean) == (2, 5.0)
    assert (contrast.not_coached.n, contrast.not_coached.mean, contrast.not_coached.sd) == (1, 0.0, None)
    assert contrast.smd is None


def test_a_measure_that_is_not_asked_at_baseline_is_not_contrasted(five):
    assert "acceptability" not in characteristics.summarise(five).scores
