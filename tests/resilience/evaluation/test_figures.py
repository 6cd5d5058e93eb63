import json

from resilience.evaluation import figures


def test_the_format_has_the_parts_that_others_build_on(snapshot):
    found = figures.compose(snapshot, version="9.9")

    assert found["format"] == "figures/1"
    assert (found["evaluation"], found["programme"], found["synthetic"]) == (
        "demonstration",
        "demonstration",
        True,
    )
    assert (found["language"], found["version"]) == ("en-gb", "9.9")
    assert set(found) >= {
        "snapshot",
        "plan",
        "flow",
        "characteristics",
        "measures",
        "safety",
        "delivery",
        "acceptability",
    }
    assert set(found["measures"]["who5"]) >= {
        "planned", "direction", "scores", "reliability", "change", "reliable_change", "responders",
    }  # fmt: skip
    assert set(found["measures"]["who5"]["change"]["t3"]) >= {
        "n", "baseline_mean", "baseline_sd", "later_mean", "later_sd", "mean", "sd", "se", "ci", "t", "df", "p",
        "p_adjusted", "adjusted_by", "wilcoxon_p", "correlation", "dz", "dz_ci", "dav", "g", "g_ci",
    }  # fmt: skip


def test_the_published_number_of_people_answers(snapshot):
    """Johnson and others 2020: 66, 62, 47 and 33, that is 93.9, 71.2 and 50 per cent."""
    flow = figures.compose(snapshot, version="1")["flow"]

    assert flow["answered"] == {"t1": 66, "t2": 62, "t3": 47, "t4": 33}
    assert {when: round(kept, 1) for when, kept in flow["retained_percent"].items()} == {
        "t2": 93.9,
        "t3": 71.2,
        "t4": 50.0,
    }


def test_the_same_snapshot_gives_the_same_text(snapshot):
    first, second = (figures.dump(figures.compose(snapshot, version="1")) for _ in range(2))

    assert first == second


def test_keys_are_sorted_and_nothing_is_rounded(snapshot):
    text = figures.dump(figures.compose(snapshot, version="1"))
    found = json.loads(text)

    assert list(found) == sorted(found)
    assert len(repr(found["measures"]["who5"]["change"]["t3"]["mean"])) > 8


def test_an_empty_cohort_has_figures_that_say_why_they_are_missing(empty_snapshot):
    found = figures.compose(empty_snapshot, version="1")

    assert found["flow"]["baseline"] == 0
    assert found["measures"]["who5"]["change"]["t3"]["p"] is None
    assert found["measures"]["who5"]["change"]["t3"]["why"] == "fewer than 10 pairs"


def test_every_leaf_has_a_dotted_path():
    assert figures.leaves({"b": {"c": [1, 2]}, "a": None}) == [("a", None), ("b.c.0", 1), ("b.c.1", 2)]
