"""What holds of every rule, whatever is answered."""

from hypothesis import given
from hypothesis import strategies as st

from resilience.measures import shipped
from resilience.measures.scoring import rules

RULES = [(each, rule) for each in shipped.newest().values() for rule in each.scales]


@st.composite
def answered(draw, *, complete: bool = False):
    """Draw a rule that ships and answers to its items, in any order."""
    instrument, rule = draw(st.sampled_from(RULES))
    values = {item.key: sorted(item.values - rule.not_scored) for item in instrument.items}
    kept = rule.items if complete else draw(st.lists(st.sampled_from(rule.items), unique=True))
    order = draw(st.permutations(kept))
    return rule, {key: draw(st.sampled_from(values[key])) for key in order}


@given(answered())
def test_a_score_lies_within_its_range_and_says_how_many_were_answered(case):
    rule, answers = case

    made = rules.score(answers, rule)

    assert made.n_answered == len(answers)
    if isinstance(made, rules.Scored):
        assert rule.range[0] - 1e-9 <= made.value <= rule.range[1] + 1e-9
        assert len(answers) >= rule.min_answered
        assert made.prorated == (isinstance(rule, rules.Total) and len(answers) < len(rule.items))


@given(answered())
def test_fewer_than_the_rule_asks_for_gives_no_score_and_enough_always_does(case):
    rule, answers = case

    made = rules.score(answers, rule)

    has_table = not isinstance(rule, rules.Table)
    assert isinstance(made, rules.Scored) == (len(answers) >= rule.min_answered and has_table)


@given(answered(complete=True), st.randoms())
def test_the_order_in_which_answers_came_changes_nothing(case, random):
    rule, answers = case
    mixed = list(answers.items())
    random.shuffle(mixed)

    assert rules.score(dict(mixed), rule) == rules.score(answers, rule)


@given(answered(complete=True))
def test_turning_every_answer_over_turns_the_score_over(case):
    rule, answers = case
    over = {key: rule.low + rule.high - value for key, value in answers.items()}

    made = [rules.score(each, rule) for each in (answers, over)]

    if all(isinstance(one, rules.Scored) for one in made) and not rule.not_scored:
        assert abs(sum(one.value for one in made) - sum(rule.range)) < 1e-6
