from datetime import date

import pytest

from resilience.measures import catalogue, conversion, occasions, permissions, readiness, responses, scores
from resilience.measures.models import Permission, Response
from tests.factories.accounts import UserFactory
from tests.factories.measures import OccasionFactory, TimepointFactory
from tests.factories.participants import ProgrammeFactory

ITEMS = "".join(f'{item} = "Words of item {item}"\n' for item in range(1, 7))
BRS = f"""key = "brs"
language = "en"
short = "How you get through"
lead = "How much do you agree?"
low_label = "not at all"
high_label = "fully"

[licence]
name = "By letter"
holder = "The author"
url = ""
quoted = "You may show it in your study."
read_on = 2026-02-03

[items]
{ITEMS}"""


@pytest.fixture
def manager(db):
    return UserFactory()


@pytest.fixture
def recorded(manager, tuesday):
    return permissions.record(
        key="brs", reference="letter of 3 May", holder="The author", granted_on=date(2026, 5, 3),
        use_context="research", words=BRS, by=manager, now=tuesday,
    )  # fmt: skip


def keys(programme) -> set[str]:
    return {instrument.key for instrument in catalogue.plannable(programme)}


def test_an_instrument_that_needs_a_permission_cannot_be_planned_or_shown_before_it_is_recorded(db):
    programme = ProgrammeFactory()

    assert catalogue.get("brs").words is None
    assert "brs" not in keys(programme)
    assert "who5" in keys(programme)
    with pytest.raises(readiness.NotReady) as caught:
        readiness.require("brs", programme)
    assert caught.value.missing == readiness.Missing.PERMISSION


def test_with_a_permission_and_a_text_it_can(recorded):
    assert catalogue.get("brs").item("2").text == "Words of item 2"
    assert "brs" in keys(ProgrammeFactory())
    assert readiness.require("brs", ProgrammeFactory()).key == "brs"


def test_once_the_permission_ends_nobody_is_asked_any_more(recorded, ada, manager, tuesday):
    timepoint = TimepointFactory(programme=ada.cohort.programme, asks=["brs"])
    OccasionFactory(respondent=ada.respondent, timepoint=timepoint, instrument="brs")
    asked_before = len(occasions.due(ada.respondent, now=tuesday))

    permissions.end(key="brs", by=manager, now=tuesday)

    assert asked_before == 1
    assert occasions.due(ada.respondent, now=tuesday) == []


def test_answers_are_stored_and_scored_without_any_permission(ada, tuesday):
    response = responses.record(
        respondent=ada.respondent, instrument="brs", answers={"1": 5, "2": 1, "3": 5, "4": 1}, at=tuesday
    )

    assert response.scores.get().value == 5.0


def test_a_new_permission_takes_the_place_of_the_one_before(recorded, manager, tuesday):
    permissions.record(
        key="brs", reference="letter of 9 June", holder="The author", granted_on=date(2026, 6, 9),
        use_context="educational", words=BRS.replace("item 2", "the second"), by=manager, now=tuesday,
    )  # fmt: skip

    assert Permission.objects.filter(ended_at=None).get().reference == "letter of 9 June"
    assert catalogue.get("brs").item("2").text == "Words of the second"


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"use_context": "commercial"}, permissions.OutsideLicence),
        ({"words": " "}, permissions.NoTextYet),
        ({"words": BRS.replace("1 = ", "9 = ")}, catalogue.Faulty),
        ({"key": "mbi"}, catalogue.UnknownInstrument),
    ],
    ids=["outside its licence", "no text", "a text that does not fit", "unknown"],
)
def test_what_shows_nothing_or_may_not_be_shown_is_not_recorded(manager, tuesday, changed, refusal):
    wanted = {
        "key": "brs", "reference": "r", "holder": "h", "granted_on": date(2026, 5, 3), "use_context": "research",
        "words": BRS,
    }  # fmt: skip

    with pytest.raises(refusal):
        permissions.record(**wanted | changed, by=manager, now=tuesday)
    assert not Permission.objects.exists()


@pytest.fixture
def swemwbs(ada, tuesday):
    answers = {str(item): 3 for item in range(1, 8)}
    return responses.record(respondent=ada.respondent, instrument="swemwbs", answers=answers, at=tuesday)


MADE_UP = "\n".join(f"{raw} {7 + (raw - 7) * 0.98:.2f}" for raw in range(7, 36))


def test_without_the_owners_table_a_sum_is_not_scored_and_says_why(swemwbs):
    assert swemwbs.scores.get().why_none == "the site has not entered the conversion table"


def test_with_the_table_the_score_is_looked_up_and_earlier_answers_are_scored_again(
    swemwbs, manager, tuesday
):
    conversion.enter(key="swemwbs", typed=MADE_UP, source="the manual, page 9", by=manager, now=tuesday)

    assert scores.rescore() == 1
    assert swemwbs.scores.get().value == pytest.approx(20.72)
    assert swemwbs.scores.get().method == "swemwbs.total.1.table1"
    assert scores.compare() == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7 7.00", "there is no row for the sum 8"),
        ("seven 7.00", "row 1: write the sum and its score"),
        (f"{MADE_UP}\n7 7.00", "row 30: the sum 7 stands twice"),
        (f"{MADE_UP}\n36 35.5", "a sum of 36 cannot be"),
        (MADE_UP.replace("8 7.98", "8 6.98"), "a higher sum needs a higher score"),
        (MADE_UP.replace("35 34.44", "35 36.00"), "scores go from 7 to 35"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(manager, tuesday, typed, said):
    with pytest.raises(conversion.NotATable, match=said):
        conversion.enter(key="swemwbs", typed=typed, source="x", by=manager, now=tuesday)


def test_every_instrument_is_listed_with_what_it_still_needs(recorded):
    listed = {line.instrument.key: line.missing for line in readiness.listed()}

    assert listed["brs"] is None
    assert listed["who5"] is None
    assert listed["olbi"] == readiness.Missing.PERMISSION


def test_the_list_costs_the_same_however_many_permissions_there_are(recorded, django_assert_num_queries):
    with django_assert_num_queries(3):
        readiness.listed()


def test_a_version_that_is_gone_is_named(ada):
    with pytest.raises(catalogue.UnknownInstrument, match="who5 in version 9"):
        catalogue.rules("who5", "9")
    assert Response.objects.count() == 0
