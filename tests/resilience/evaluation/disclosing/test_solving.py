"""What cannot be shown to stay hidden is taken for given away."""

from resilience.evaluation.disclosing import hiding, solving
from resilience.evaluation.disclosing.counts import Known, Rule, Table

A, B, C = ("a", "n"), ("b", "n"), ("c", "n")


def test_counts_under_rules_that_contradict_each_other_are_not_said_to_be_safe():
    rules = [Rule(((A, 1), (B, 1)), 3, 3), Rule(((A, 1), (B, 1)), 7, 7)]

    found = solving.forced([A, B], rules, {A: None, B: None})

    assert found == {A: solving.UNSOLVED, B: solving.UNSOLVED}


def test_under_contradicting_rules_what_was_hidden_is_not_told(monkeypatch):
    figures = {"a": {"n": 3}, "b": {"n": 20}, "c": {"n": 30}, "plan": {}}
    known = Known([Table((A, B, C))], [Rule(((A, 1), (B, 1), (C, 1)), 53, 53), Rule(((A, 1), (B, 1)), 9, 9)])
    monkeypatch.setattr(hiding.adding_up, "known", lambda found: known)

    hiding.hide(figures, threshold=10)

    assert [figures[name]["n"] for name in "ab"] == [None, None]
