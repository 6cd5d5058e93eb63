import pytest
from django.db import IntegrityError, connection, transaction

from resilience.measures import catalogue, own_versions, responses, reviews, scores
from resilience.measures.instrument_models import Locked, Stage
from resilience.measures.models import OwnInstrument
from tests.factories.accounts import UserFactory
from tests.factories.participants import ProgrammeFactory
from tests.resilience.measures.test_rules_file import GOOD
from tests.resilience.measures.test_text_pack import TEXT

SECOND = GOOD.replace('version = "1"', 'version = "2"').replace("ward.total.1", "ward.total.2")


@pytest.fixture
def manager(db):
    return UserFactory()


@pytest.fixture
def draft(manager, tuesday):
    return own_versions.begin(rules=GOOD, words=TEXT, by=manager, now=tuesday)


@pytest.fixture
def with_experts(draft, manager, tuesday):
    own_versions.send_to_experts(draft, by=manager, now=tuesday)
    return draft


def rate(version, manager, now, **values):
    link = reviews.ask(version, known_as="ward sister", by=manager, now=now)
    expert = reviews.expert_of(link.rstrip("/").rsplit("/", 1)[-1])
    said = {item.removeprefix("q"): (value, "") for item, value in values.items()}
    reviews.rate(review=reviews.open_for(expert), expert=expert, said=said, now=now)
    return expert


@pytest.fixture
def tried_out(with_experts, ada, manager, tuesday):
    rate(with_experts, manager, tuesday, q1=8)
    own_versions.try_out(with_experts, programme=ada.cohort.programme, by=manager, now=tuesday)
    return with_experts


@pytest.fixture
def locked(tried_out, ada, manager, tuesday):
    responses.record(
        respondent=ada.respondent, instrument="ward", answers={"1": 5, "2": 1, "3": 3}, at=tuesday
    )
    own_versions.lock(tried_out, by=manager, now=tuesday)
    return tried_out


def keys(programme) -> dict[str, str]:
    return {each.key: each.version for each in catalogue.plannable(programme)}


def test_a_draft_is_asked_of_nobody(draft):
    assert "ward" not in keys(ProgrammeFactory())
    with pytest.raises(catalogue.UnknownInstrument):
        catalogue.get("ward")


def test_a_version_is_tried_out_only_after_an_expert_has_rated_its_words(with_experts, ada, manager, tuesday):
    with pytest.raises(own_versions.NotRated):
        own_versions.try_out(with_experts, programme=ada.cohort.programme, by=manager, now=tuesday)


def test_revised_words_are_rated_anew(with_experts, ada, manager, tuesday):
    expert = rate(with_experts, manager, tuesday, q1=3)
    own_versions.revise(
        with_experts, rules=GOOD, words=TEXT.replace("We talk", "We speak"), by=manager, now=tuesday
    )

    with pytest.raises(own_versions.NotRated):
        own_versions.try_out(with_experts, programme=ada.cohort.programme, by=manager, now=tuesday)
    assert reviews.open_for(expert).number == 2
    assert reviews.instrument_of(reviews.open_for(expert)).item("3").text == "We speak"


def test_what_is_tried_out_may_be_planned_there_and_nowhere_else(tried_out, ada):
    assert keys(ada.cohort.programme)["ward"] == "1"
    assert "ward" not in keys(ProgrammeFactory(slug="another"))


def test_a_version_that_nobody_answered_is_not_locked(tried_out, manager, tuesday):
    with pytest.raises(own_versions.NotTriedOut):
        own_versions.lock(tried_out, by=manager, now=tuesday)


@pytest.mark.parametrize("stage", ["draft", "with_experts"])
def test_no_stage_is_left_out(request, stage, ada, manager, tuesday):
    version = request.getfixturevalue(stage)

    with pytest.raises(own_versions.NotThere):
        own_versions.lock(version, by=manager, now=tuesday)
    if stage == "draft":
        with pytest.raises(own_versions.NotThere):
            own_versions.try_out(version, programme=ada.cohort.programme, by=manager, now=tuesday)


def test_once_locked_every_programme_may_ask_it(locked):
    assert keys(ProgrammeFactory(slug="another"))["ward"] == "1"


def test_a_locked_version_cannot_change(locked, manager, tuesday):
    with pytest.raises(Locked):
        own_versions.revise(locked, rules=GOOD, words=TEXT, by=manager, now=tuesday)
    fresh = OwnInstrument.objects.get(pk=locked.pk)
    fresh.words = "else"
    with pytest.raises(Locked):
        fresh.save()
    with pytest.raises(Locked):
        fresh.delete()
    for change in ({"words": "else"}, {"stage": Stage.DRAFT, "locked_at": None}):
        with pytest.raises(Locked):
            OwnInstrument.objects.filter(pk=locked.pk).update(**change)
    with pytest.raises(Locked):
        OwnInstrument.objects.all().delete()
    assert OwnInstrument.objects.get(pk=locked.pk).words == TEXT


def test_the_words_of_what_is_tried_out_are_fixed_too(tried_out):
    with pytest.raises(Locked):
        OwnInstrument.objects.filter(pk=tried_out.pk).update(words="else")


def test_a_draft_can_be_changed_and_thrown_away(draft, manager, tuesday):
    own_versions.revise(
        draft, rules=GOOD, words=TEXT.replace("The ward", "Our ward"), by=manager, now=tuesday
    )

    assert "Our ward" in OwnInstrument.objects.get().words
    OwnInstrument.objects.all().delete()
    assert not OwnInstrument.objects.exists()


def test_a_new_version_stands_beside_the_old_one_and_old_answers_keep_their_rules(
    locked, ada, manager, tuesday
):
    first = ada.respondent.responses.get()
    other = SECOND.replace('reverse = ["2"]\n', "")
    second = own_versions.begin(rules=other, words=TEXT, by=manager, now=tuesday)
    own_versions.send_to_experts(second, by=manager, now=tuesday)
    rate(second, manager, tuesday, q2=9)
    own_versions.try_out(second, programme=ada.cohort.programme, by=manager, now=tuesday)

    later = responses.record(
        respondent=ada.respondent, instrument="ward", answers={"1": 5, "2": 1, "3": 3}, at=tuesday
    )

    assert (first.version, later.version) == ("1", "2")
    assert catalogue.get("ward").version == "1"
    assert [each.scores.get().value for each in (first, later)] == [pytest.approx(13 / 3), 3.0]
    assert scores.rescore() == 0
    assert [each.scores.get().value for each in (first, later)] == [pytest.approx(13 / 3), 3.0]


def test_what_was_published_elsewhere_is_locked_from_the_draft(manager, tuesday):
    published = GOOD.replace("new = true", "new = false")
    version = own_versions.begin(rules=published, words=TEXT, by=manager, now=tuesday)

    own_versions.lock(version, by=manager, now=tuesday)

    assert catalogue.get("ward").name == "Ward climate"
    with pytest.raises(own_versions.NotThere):
        own_versions.lock(version, by=manager, now=tuesday)


def test_a_single_number_is_an_instrument_too(manager, tuesday):
    rules = GOOD[: GOOD.index("[[scales]]")].replace('["1", "2", "3"]', '["1"]').replace("low = 1", "low = 0")
    rules = rules.replace("high = 5", "high = 40").replace("new = true", "new = false")
    rules += '[[scales]]\nkey = "total"\nrule = "single"\nmethod = "ward.total.1"\nitems = ["1"]\nmin_answered = 1\n'
    rules += 'missing_rule = "Needed."\nrange = [0, 40]\n'
    words = TEXT[: TEXT.index("2 = ")].replace("short", 'low_label = "none"\nhigh_label = "all"\nshort')

    own_versions.lock(
        own_versions.begin(rules=rules, words=words, by=manager, now=tuesday), by=manager, now=tuesday
    )

    assert catalogue.get("ward").item("1").is_number
    assert catalogue.rules("ward")[0].range == (0, 40)


@pytest.mark.parametrize(
    ("rules", "refusal"),
    [
        (SECOND, own_versions.InTheMaking),
        (GOOD.replace('key = "ward"', 'key = "who5"'), own_versions.Taken),
        (GOOD.replace("low = 1", "low = 9"), catalogue.Faulty),
    ],
    ids=["another is being written", "a key that ships", "faulty"],
)
def test_a_version_that_cannot_stand_is_refused(draft, manager, tuesday, rules, refusal):
    words = TEXT.replace('key = "ward"', 'key = "who5"') if "who5" in rules else TEXT

    with pytest.raises(refusal):
        own_versions.begin(rules=rules, words=words, by=manager, now=tuesday)


def test_a_version_needs_a_higher_number_and_a_revision_keeps_its_own(locked, manager, tuesday):
    with pytest.raises(own_versions.NotLater):
        own_versions.begin(rules=GOOD, words=TEXT, by=manager, now=tuesday)
    second = own_versions.begin(rules=SECOND, words=TEXT, by=manager, now=tuesday)
    with pytest.raises(own_versions.AnotherOne):
        own_versions.revise(second, rules=GOOD, words=TEXT, by=manager, now=tuesday)


def test_an_expert_rates_words_once_and_only_those_that_are_open(with_experts, manager, tuesday):
    expert = rate(with_experts, manager, tuesday, q1=8, q2=2)

    with pytest.raises(reviews.RatedBefore):
        reviews.open_for(expert)
    review = with_experts.reviews.get()
    with pytest.raises(reviews.RatedBefore):
        reviews.rate(review=review, expert=expert, said={"1": (1, "")}, now=tuesday)
    with_experts.reviews.update(closed_at=tuesday)
    with pytest.raises(reviews.NothingOpen):
        reviews.open_for(expert)
    with pytest.raises(reviews.NothingOpen):
        reviews.rate(review=review, expert=expert, said={"3": (1, "")}, now=tuesday)
    with pytest.raises(reviews.Unknown):
        reviews.expert_of("somebody else's")


def test_what_experts_said_stands_by_item_with_the_middle_rating(with_experts, manager, tuesday):
    for value in (2, 9, 8):
        rate(with_experts, manager, tuesday, q1=value)

    ((_review, answered, said),) = reviews.summary(with_experts)

    assert answered == 3
    assert (said[0].values, said[0].median) == ((2, 8, 9), 8)
    assert said[1].median is None


def test_the_database_takes_no_rating_outside_one_to_nine(with_experts, manager, tuesday):
    expert = rate(with_experts, manager, tuesday, q1=8)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.constraint_checks_disabled():
        expert.ratings.model.objects.create(
            review=with_experts.reviews.get(), expert=expert, item="2", value=10, given_at=tuesday
        )
