import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from resilience.accounts.models import Role
from resilience.measures import catalogue, covers, own_versions
from resilience.measures.models import Cover, OwnInstrument, Permission, Rating
from tests.factories.accounts import UserFactory
from tests.factories.organisations import SupportRouteFactory
from tests.factories.participants import ProgrammeFactory
from tests.resilience.measures.test_permissions import BRS, MADE_UP
from tests.resilience.measures.test_rules_file import GOOD
from tests.resilience.measures.test_text_pack import TEXT

LIST = "/manage/instruments/"
SAID = {"holder": "The author", "reference": "letter", "granted_on": "2026-05-03", "use_context": "research"}


def test_the_list_says_what_each_instrument_needs(as_manager):
    page = as_manager.get(LIST).content.decode()

    assert "needs permission" in page
    assert "PHQ-9" in page


@pytest.mark.parametrize("key", ["brs", "who5", "phq9", "swemwbs", "svest", "brief_cope"])
def test_each_instrument_has_a_page_with_its_rules_and_licence(as_operator, key):
    page = as_operator.get(f"{LIST}{key}/").content.decode()

    assert "Licence" in page
    assert catalogue.get(key).name in page


def test_a_permission_is_recorded_with_a_text_as_a_file(as_manager):
    answer = as_manager.post(
        f"{LIST}brs/", SAID | {"words_file": SimpleUploadedFile("brs.toml", BRS.encode())}
    )

    assert answer.status_code == 302
    assert catalogue.get("brs").words is not None
    assert b"End the permission" in as_manager.get(f"{LIST}brs/").content
    as_manager.post(f"{LIST}brs/end/")
    assert catalogue.get("brs").words is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"words": ""}, "Choose a file, or paste"),
        ({"words": BRS.replace("1 = ", "8 = ")}, "have no item 8"),
        ({"words": BRS, "use_context": "commercial"}, "does not allow that use"),
        ({"words": BRS, "holder": ""}, "Write who gave it"),
        ({"words_file": SimpleUploadedFile("x.toml", b"\xff\xfe")}, "not text in UTF-8"),
    ],
    ids=["no text", "faulty", "outside its licence", "nobody", "not text"],
)
def test_what_does_not_fit_comes_back_with_the_reason_and_what_was_typed(as_manager, changed, said):
    answer = as_manager.post(f"{LIST}brs/", SAID | changed)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert said in page
    assert 'value="letter"' in page
    assert not Permission.objects.exists()


def test_the_table_is_typed_in_row_by_row(as_manager):
    refused = as_manager.post(f"{LIST}swemwbs/table/", {"source": "manual", "rows": "7 7.00"})
    taken = as_manager.post(f"{LIST}swemwbs/table/", {"source": "manual", "rows": MADE_UP})

    assert refused.status_code == 422
    assert taken.status_code == 302
    assert b"table 1 of this site" in as_manager.get(f"{LIST}swemwbs/").content
    assert as_manager.get(f"{LIST}who5/table/").status_code == 404
    assert as_manager.get(f"{LIST}mbi/").status_code == 404


def test_an_instrument_goes_from_a_file_through_experts_and_a_trial_to_the_lock(as_manager, client, ada):
    files = {"rules_file": SimpleUploadedFile("r.toml", GOOD.encode()), "words": TEXT}
    uploaded = as_manager.post(f"{LIST}new/", files)
    version = OwnInstrument.objects.get()
    as_manager.post(f"{uploaded.url}experts/")
    told = as_manager.post(f"{uploaded.url}ask/", {"known_as": "ward sister"}, follow=True).content.decode()
    link = re.search(r"/reviews/[\w-]+/", told).group()

    shown = client.get(link).content.decode()
    review = re.search(r'name="review" value="([^"]+)"', shown).group(1)
    rated = client.post(link, {"review": review, "value-1": "8", "comment-2": "Too blunt", "whole": "Short"})

    assert "We help each other" in shown
    assert rated.status_code == 302
    assert b"Your opinion is kept" in client.get(link).content
    assert Rating.objects.get(item="1").value == 8
    assert "Too blunt" in as_manager.get(uploaded.url).content.decode()
    refused = as_manager.post(f"{uploaded.url}lock/")
    assert refused.status_code == 409
    as_manager.post(f"{uploaded.url}try-out/", {"programme": str(ada.cohort.programme.pk)})
    version.refresh_from_db()
    assert version.stage == "PILOT"
    assert as_manager.post(f"{uploaded.url}lock/").status_code == 422
    assert as_manager.post(f"{uploaded.url}ask/", {"known_as": "x"}).status_code == 409


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (GOOD.replace('reverse = ["2"]', 'reverse = ["7"]'), "Line 22: the reversed item 7"),
        (GOOD.replace('key = "ward"', 'key = "who5"'), "ships with the product"),
    ],
    ids=["faulty", "taken"],
)
def test_a_file_with_a_fault_comes_back_with_its_line(as_manager, rules, said):
    words = TEXT.replace('key = "ward"', 'key = "who5"') if "who5" in rules else TEXT

    answer = as_manager.post(f"{LIST}new/", {"rules": rules, "words": words})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not OwnInstrument.objects.exists()


@pytest.fixture
def with_experts(db, tuesday):
    by = UserFactory()
    version = own_versions.begin(rules=GOOD, words=TEXT, by=by, now=tuesday)
    own_versions.send_to_experts(version, by=by, now=tuesday)
    return version


def test_an_expert_whose_words_changed_meanwhile_reads_them_again(as_manager, client, with_experts):
    told = as_manager.post(
        f"{LIST}own/{with_experts.pk}/ask/", {"known_as": "x"}, follow=True
    ).content.decode()
    link = re.search(r"/reviews/[\w-]+/", told).group()
    old = re.search(r'name="review" value="([^"]+)"', client.get(link).content.decode()).group(1)
    as_manager.post(
        f"{LIST}own/{with_experts.pk}/revise/", {"rules": GOOD, "words": TEXT.replace("We talk", "We speak")}
    )

    answer = client.post(link, {"review": old, "value-1": "8"})

    assert answer.status_code == 422
    assert "We speak" in answer.content.decode()
    assert not Rating.objects.exists()


def test_a_link_that_nobody_made_opens_nothing(client, db):
    assert client.get("/reviews/made-up/").status_code == 404


def test_who_stands_by_is_proposed_by_one_and_confirmed_by_another(as_manager, as_safeguarding_lead, db):
    programme = ProgrammeFactory()
    SupportRouteFactory(organisation=programme.organisation)
    second = UserFactory(roles=[Role.SAFEGUARDING_LEAD])
    first = next(lead for lead in covers.leads_of(programme) if lead != second)
    page = f"{LIST}standing-by/{programme.slug}/"
    said = {"first": str(first.pk), "second": str(second.pk), "hours": "4", "out_of_hours": "Ring 116 123."}

    same = as_manager.post(page, said | {"second": str(first.pk)})
    kept = as_manager.post(page, said)
    by_the_same = as_manager.post(page, {"do": "confirm"})
    by_another = as_safeguarding_lead.post(page, {"do": "confirm"})

    assert [answer.status_code for answer in (same, kept, by_the_same, by_another)] == [422, 302, 422, 302]
    assert covers.standing_in(programme) is not None
    assert b"Standing now" in as_manager.get(page).content
    as_manager.post(page, {"do": "end"})
    assert Cover.objects.filter(ended_at=None).count() == 0
    assert as_manager.post(page, {"do": "confirm"}).status_code == 409


def test_nobody_sees_who_stands_by_in_a_programme_of_somebody_else(db, sign_in):
    programme = ProgrammeFactory()
    elsewhere = UserFactory(roles=[Role.MANAGER], roles__programme="another")

    assert sign_in(elsewhere).get(f"{LIST}standing-by/{programme.slug}/").status_code == 404
