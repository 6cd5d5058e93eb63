import pytest

from resilience.measures import rules_file, shipped, text_pack
from resilience.measures.faults import Faulty
from tests.resilience.measures.test_rules_file import GOOD

LABELS = "".join(f'[[options]]\nvalue = {value}\nlabel = "{value} of five"\n' for value in range(1, 6))
TEXT = f"""key = "ward"
language = "en"
short = "The ward"
lead = "How is it there?"

[licence]
name = "Licence of the owner"
holder = "The owner"
url = "https://example.org/"
quoted = "You may."
read_on = 2026-01-05

[items]
1 = "We help each other"
2 = "We blame each other"
3 = "We talk"

{LABELS}"""


def read(text: str):
    return text_pack.read(text, file="ward.toml", of=rules_file.read(GOOD, file="ward.toml"), shipped=False)


def test_a_text_pack_gives_an_instrument_its_words():
    instrument = read(TEXT)

    assert instrument.item("2").text == "We blame each other"
    assert instrument.item("2").options[0].label == "1 of five"
    assert instrument.words.licence.quoted == "You may."


def test_a_row_of_numbers_needs_words_for_its_ends_alone():
    row = TEXT.replace(LABELS, "").replace("short", 'low_label = "never"\nhigh_label = "always"\nshort')

    assert [option.label for option in read(row).item("1").options] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param(
            'key = "ward"',
            'key = "bay"',
            "line 1: this is the text of “bay”, not of “ward”",
            id="another instrument",
        ),
        pytest.param(
            'language = "en"',
            'language = "en"\nversion = "2"',
            "this is the text of version 2, not of 1",
            id="another version",
        ),
        pytest.param('3 = "We talk"\n', "", "line 13: the words of item 3 are missing", id="item missing"),
        pytest.param(
            '3 = "We talk"',
            '3 = "We talk"\n4 = "More"',
            "line 17: the rules of “ward” have no item 4",
            id="item too many",
        ),
        pytest.param(
            "[items]", '[items_for.nurse]\n9 = "x"\n[items]', "have no item 9", id="words for no item"
        ),
        pytest.param(
            "[items]", '[options_for]\n9 = "x"\n[items]', "have no item 9", id="options for no item"
        ),
        pytest.param(
            "[items]",
            '[options_for]\n1 = "often"\n[items]',
            "line 14: there is no option set “often”",
            id="unknown option set",
        ),
        pytest.param(
            "value = 5", "value = 6", "item 1 offers 6, which its rules do not have", id="option outside"
        ),
        pytest.param("value = 5", "value = 4", "item 1 offers a value twice", id="option twice"),
        pytest.param("value = 5", "value = 4", "item 1 has no words for 5", id="option missing"),
        pytest.param(LABELS, "", "the answers are missing", id="no options"),
        pytest.param(
            'quoted = "You may."\n',
            "",
            "the field “licence.quoted” is missing",
            id="licence without its words",
        ),
    ],
)
def test_a_text_that_does_not_fit_its_rules_is_refused_with_its_line(before, after, said):
    with pytest.raises(Faulty) as caught:
        read(TEXT.replace(before, after))

    assert said in str(caught.value)


def test_every_text_that_ships_names_its_licence_and_those_that_need_a_permission_ship_without():
    for instrument in shipped.newest().values():
        assert (instrument.words is None) == instrument.permission, instrument.key
        assert instrument.words is None or instrument.words.licence.quoted


def test_words_that_a_site_brought_are_never_printed_in_a_codebook():
    instrument = read(TEXT)
    ours = shipped.newest()["who5"]

    assert instrument.label(instrument.item("1")) == "item 1"
    assert ours.label(ours.item("1")) == ours.item("1").text
