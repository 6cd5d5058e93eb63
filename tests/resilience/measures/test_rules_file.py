import pytest

from resilience.measures import rules_file, shipped
from resilience.measures.faults import Faulty

GOOD = """key = "ward"
version = "1"
name = "Ward climate"
minutes = 1
recall_days = 0
direction = 1
low = 1
high = 5
items = ["1", "2", "3"]
new = true
citation = "Our own."
licence = "CC BY 4.0"
contexts = ["research"]
checked_by = "Ada"
next_review = 2027-11-01

[[scales]]
key = "total"
rule = "mean"
method = "ward.total.1"
items = ["1", "2", "3"]
reverse = ["2"]
min_answered = 2
missing_rule = "Two of three."
range = [1, 5]

[[cutoffs]]
scale = "total"
value = 3
healthy = ">"
source = "Nobody."
"""


def faults_of(before: str, after: str) -> str:
    assert before in GOOD
    with pytest.raises(Faulty) as caught:
        rules_file.read(GOOD.replace(before, after), file="ward.toml")
    return str(caught.value)


def test_a_good_file_is_read():
    instrument = rules_file.read(GOOD, file="ward.toml")

    assert instrument.words is None
    assert [item.values for item in instrument.items] == [{1, 2, 3, 4, 5}] * 3
    assert instrument.scales[0].reverse == {"2"}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param(
            'reverse = ["2"]',
            'reverse = ["7"]',
            "line 22: the reversed item 7 is not an item of the scale",
            id="reversed item",
        ),
        pytest.param(
            'version = "1"',
            'version = "1"\nversion = "2"',
            "line 3: this key stands in the file already",
            id="key twice",
        ),
        pytest.param(
            'items = ["1", "2", "3"]\nnew',
            'items = ["1", "2", "2", "3"]\nnew',
            "line 9: the item “2” stands twice",
            id="item twice",
        ),
        pytest.param(
            "new = true",
            'new = true\noptions = "often"',
            "line 11: there is no option set “often”",
            id="unknown option set",
        ),
        pytest.param(
            "value = 3", "value = 6", "line 29: the cut-off 6 lies outside 1 to 5", id="cut-off outside"
        ),
        pytest.param(
            "[[scales]]",
            "[option_sets]\nodd = [1, 6]\n[[scales]]",
            "line 18: the option 6 lies outside 1 to 5",
            id="option outside",
        ),
        pytest.param(
            "[[scales]]",
            "[option_sets]\nodd = [1, 1]\n[[scales]]",
            "an option of the set “odd” stands twice",
            id="option twice",
        ),
        pytest.param(
            "[[scales]]",
            '[options_for]\n9 = "odd"\n[[scales]]',
            "line 18: item 9 is not among the items",
            id="options for no item",
        ),
        pytest.param(
            'rule = "mean"', 'rule = "median"', "line 19: “median” is not a rule kind", id="unknown kind"
        ),
        pytest.param(
            'citation = "Our own."\n', "", "line 1: the field “citation” is missing", id="missing field"
        ),
        pytest.param(
            "min_answered = 2\n",
            "",
            "line 17: the field “scales.0.min_answered” is missing",
            id="missing in a scale",
        ),
        pytest.param(
            "minutes = 1", 'minutes = 1\nsecret = "x"', "line 5: “secret” is not a field", id="unknown field"
        ),
        pytest.param(
            "minutes = 1",
            "minutes = -1",
            "line 4: “minutes”: input should be greater than 0, not -1",
            id="minutes",
        ),
        pytest.param(
            '["1", "2", "3"]\nreverse',
            '["1", "2", "4"]\nreverse',
            "item 4 of the scale “total” is not among the items",
            id="unknown item",
        ),
        pytest.param(
            '["1", "2", "3"]\nreverse',
            '["1", "2", "2"]\nreverse',
            "needs items, each once",
            id="item twice in a scale",
        ),
        pytest.param(
            "min_answered = 2",
            "min_answered = 4",
            "line 23: min_answered must lie between 1 and the 3 items",
            id="too many answered",
        ),
        pytest.param("range = [1, 5]", "range = [0, 5]", "line 25: these items give 1 to 5", id="range"),
        pytest.param(
            "range = [1, 5]", "range = [5, 1]", "the range goes from low to high", id="range turned"
        ),
        pytest.param(
            'rule = "mean"', 'rule = "single"', "“single” takes exactly one item", id="single of three"
        ),
        pytest.param(
            'rule = "mean"',
            'rule = "total"',
            "a total with fewer than all 3 items needs prorate = true",
            id="total",
        ),
        pytest.param(
            'rule = "mean"', 'rule = "mean"\nprorate = true', "only a total is prorated", id="mean prorated"
        ),
        pytest.param(
            "min_answered = 2",
            "min_answered = 2\nnot_scored = [9]",
            "9 lies outside 1 to 5",
            id="not scored outside",
        ),
        pytest.param('scale = "total"', 'scale = "sum"', "there is no scale “sum”", id="cut-off of no scale"),
        pytest.param("low = 1", "low = 5", "high must be above low", id="low and high"),
        pytest.param(
            '"3"]\nnew', '"three"]\nnew', "the item “three” is not a number", id="item without a number"
        ),
        pytest.param(
            "new = true",
            'new = true\noptional = ["9"]',
            "the optional item 9 is not among the items",
            id="optional",
        ),
        pytest.param(
            "[[cutoffs]]",
            "[change]\nmcid = 5\n[[cutoffs]]",
            "say where mcid was published, as mcid_source",
            id="no source",
        ),
        pytest.param(
            "[[cutoffs]]",
            '[[alerts]]\nitem = "9"\nat_least = 9\n[[cutoffs]]',
            "9 is not above 1 and up to 5",
            id="alert",
        ),
        pytest.param(
            "next_review = 2027-11-01",
            "next_review = ",
            "line 15: this is not TOML as it should be",
            id="syntax",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_line_and_the_reason(before, after, said):
    assert said in faults_of(before, after)
    assert faults_of(before, after).startswith("ward.toml, line ")


def test_all_that_is_wrong_with_a_file_is_said_at_once():
    broken = GOOD.replace('reverse = ["2"]', 'reverse = ["7"]').replace("value = 3", "value = 6")

    with pytest.raises(Faulty) as caught:
        rules_file.read(broken, file="ward.toml")

    assert [fault.line for fault in caught.value.faults] == [22, 29]


def test_two_scales_cannot_share_a_key_or_a_method():
    twice = GOOD + GOOD[GOOD.index("[[scales]]") : GOOD.index("[[cutoffs]]")]

    with pytest.raises(Faulty, match="the scale “total” stands twice"):
        rules_file.read(twice, file="ward.toml")


@pytest.fixture
def folder(tmp_path):
    for name in ("instruments", "texts"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_versions_of_an_instrument_stand_side_by_side(folder):
    (folder / "instruments" / "ward-1.toml").write_text(GOOD)
    (folder / "instruments" / "ward-2.toml").write_text(GOOD.replace('version = "1"', 'version = "2"'))

    assert set(shipped.read(folder)) == {("ward", "1"), ("ward", "2")}


@pytest.mark.parametrize(
    "names", [["other.toml"], ["ward.toml", "ward-1.toml"]], ids=["another name", "twice"]
)
def test_a_file_under_another_name_or_twice_is_refused(folder, names):
    for name in names:
        (folder / "instruments" / name).write_text(GOOD)

    with pytest.raises(Faulty, match=names[0]):
        shipped.read(folder)
