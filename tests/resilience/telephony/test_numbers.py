import pytest

from resilience.telephony import numbers
from resilience.telephony.numbers import Kind


@pytest.mark.parametrize(
    ("typed", "e164", "kind"),
    [
        ("07700 900123", "+447700900123", Kind.MOBILE),
        ("+44 (0)7700 900123", "+447700900123", Kind.MOBILE),
        ("0044 7911 123456", "+447911123456", Kind.MOBILE),
        ("020 7946 0123", "+442079460123", Kind.LANDLINE),
        ("01632 960123", "+441632960123", Kind.LANDLINE),
        ("+1 (416) 555-0123", "+14165550123", Kind.OTHER),
        ("+353 85 123 4567", "+353851234567", Kind.MOBILE),
    ],
)
def test_a_number_is_read_as_people_write_it(typed, e164, kind):
    assert numbers.parse(typed) == numbers.Number(e164, kind)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "does not look like"),
        ("my mobile", "does not look like"),
        ("07700 90012", "Check each digit"),
        ("07700 9001234", "too long"),
        ("0770", "not complete"),
        ("999", "too short"),
        ("07700 900123 ext 5", "extension"),
        ("0909 879 0123", "ordinary mobile"),
        ("0345 123 4567", "ordinary mobile"),
        ("0800 123 456", "ordinary mobile"),
        ("070 1234 5678", "ordinary mobile"),
        ("+1 900 555 1234", "ordinary mobile"),
        ("+33 6 12 34 56 78", "that country"),
        ("+1 242 555 1234", "that country"),
    ],
)
def test_what_cannot_be_rung_is_refused_with_the_reason(typed, words):
    with pytest.raises(numbers.NotANumber, match=words):
        numbers.parse(typed)


def test_a_landline_takes_calls_but_no_texts():
    assert not numbers.parse("020 7946 0123").can_text


@pytest.mark.parametrize("typed", ["07700 900123", "+1 416 555 0123"])
def test_a_mobile_and_what_may_be_one_take_texts(typed):
    assert numbers.parse(typed).can_text


def test_a_number_without_prefix_is_read_in_the_persons_own_country():
    assert numbers.parse("416 555 0123", region="CA").e164 == "+14165550123"


def test_the_operator_says_which_countries_are_rung(settings):
    settings.TELEPHONE_COUNTRIES = ["GB"]

    with pytest.raises(numbers.NotANumber, match="that country"):
        numbers.parse("+1 416 555 0123")


def test_a_masked_number_shows_three_digits():
    assert numbers.masked("+447700900123") == "number ending 123"


@pytest.mark.parametrize(
    ("e164", "region", "words"),
    [
        ("+442079460123", "GB", "020 7946 0123"),
        ("+442079460123", "CA", "+44 20 7946 0123"),
        ("+14165550123", "GB", "+1 416-555-0123"),
        ("withheld", "GB", "withheld"),
    ],
)
def test_a_number_is_shown_as_people_there_write_it(e164, region, words):
    assert numbers.shown(e164, region) == words
