from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from resilience.evaluation.analysis import draw

# By `printf 'riverside:a' | sha256sum` and so on: c 3182…, d 6535…, b 65b2…, e 79e1…, a a16f…; y 2839…, x d55b…
ALIKE = dict.fromkeys("abcde", "")
IN_GROUPS = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y"}

frames = st.dictionaries(
    st.text("0123456789abcdef", min_size=1, max_size=6), st.sampled_from("wxyz"), max_size=40
)


def test_a_simple_draw_takes_the_codes_in_the_order_of_their_digests():
    assert draw.drawn(ALIKE, seed="riverside", wanted=3) == ("c", "d", "b")
    assert draw.drawn(ALIKE, seed="riverside", wanted=9) == ("c", "d", "b", "e", "a")
    assert draw.drawn(ALIKE, seed="another seed", wanted=5) != ("c", "d", "b", "e", "a")


def test_groups_take_turns_until_one_of_them_has_no_more():
    assert draw.drawn(IN_GROUPS, seed="riverside", wanted=5) == ("d", "c", "e", "b", "a")


@given(frames, st.text(max_size=10), st.integers(1, 50))
def test_no_group_has_two_more_than_another_that_still_has_people(frame, seed, wanted):
    codes = draw.drawn(frame, seed=seed, wanted=wanted)

    assert len(codes) == len(set(codes)) == min(wanted, len(frame))
    size, taken = Counter(frame.values()), Counter(frame[code] for code in codes)
    left_over = [taken[group] for group in size if taken[group] < size[group]]
    assert all(max(taken.values(), default=0) - least <= 1 for least in left_over)


@given(frames, st.text(max_size=10))
def test_in_whichever_order_people_are_listed_the_same_are_drawn(frame, seed):
    turned = dict(reversed(frame.items()))

    assert draw.drawn(turned, seed=seed, wanted=7) == draw.drawn(frame, seed=seed, wanted=7)
    assert draw.fingerprint(turned) == draw.fingerprint(frame)


def test_a_fingerprint_tells_one_list_of_people_from_another():
    # printf 'a\tx\nb\ty\n' | sha256sum
    assert draw.fingerprint({"b": "y", "a": "x"}).startswith("e8d47f137cab36ac")
    assert draw.fingerprint({"a": "x"}) != draw.fingerprint({"a": "y"}) != draw.fingerprint({"b": "y"})
