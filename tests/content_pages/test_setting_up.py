"""What a manager sets up: who may, what is asked, what is said where something does not fit, what comes of it."""

import io
import re
import zipfile

import pytest
from django.test import Client

from content_pages.checking import page as checking
from content_pages.models import HomePage, ModulePage, ProgrammePage, PublicPage
from resilience.accounts.models import Role
from resilience.audit.models import AuditEvent
from resilience.measures.models import Anchor, Timepoint
from resilience.organisations.models import Organisation
from resilience.participants import consent, freezing
from resilience.participants.models import Coaching, Cohort, Programme
from resilience.participants.wording import Wording
from tests.factories.accounts import UserFactory
from tests.factories.content_pages import ModulePageFactory
from tests.factories.organisations import OrganisationFactory, SupportRouteFactory
from tests.factories.participants import CohortFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
ORGANISATIONS, NEW = "/manage/organisations/new/", "/manage/programmes/new/"
PLACE = {
    "name": "Hillside",
    "country": "IE",
    "belong_as": ["EMPLOYEE", "AGENCY"],
    "slug": "hillside",
    "data_controller": "Hillside, 1 Hill Road",
    "incident_url": "",
}


def wanted(**changes: str) -> dict:
    riverside = OrganisationFactory()
    return {
        "public_name": "Firm Footing", "slug": "firm", "organisation": str(riverside.pk), "language": "en-gb",
        "time_zone": "Europe/London", "asks": "usual", "wording": "CHECKING",
    } | changes  # fmt: skip


@pytest.fixture
def of_one(sign_in) -> Client:
    """A browser of somebody who manages the programme "steady" alone."""
    ProgrammeFactory()
    return sign_in(UserFactory(roles=[Role.MANAGER], roles__programme="steady"))


def test_an_organisation_is_made_and_on_the_trail(as_manager):
    assert as_manager.post(ORGANISATIONS, PLACE).url == "/manage/programmes/"

    made = Organisation.objects.get(slug="hillside")
    assert (made.country, made.belong_as) == ("IE", ["EMPLOYEE", "AGENCY"])
    assert AuditEvent.objects.filter(event="organisation_made", target_id=str(made.pk)).exists()
    assert "Hillside is set up." in as_manager.get("/manage/programmes/").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Write the name."),
        ({"slug": ""}, "Write a short name."),
        ({"slug": "New"}, "The site uses this word itself."),
        ({"slug": "hill side"}, "Use small letters, digits and hyphens only"),
        ({"slug": "riverside"}, "This short name is taken."),
        ({"data_controller": ""}, "Write who answers for personal data."),
        ({"incident_url": "javascript:x"}, "Write a web address that starts with https://"),
    ],
)
def test_what_does_not_fit_is_said_with_all_that_was_typed(as_manager, change, words):
    OrganisationFactory()

    answer = as_manager.post(ORGANISATIONS, PLACE | change)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'role="alert"' in page
    assert all(
        f'value="{value}"' in page for name, value in (PLACE | change).items() if value and name == "name"
    )
    assert Organisation.objects.count() == 1


def test_a_programme_comes_with_questions_a_page_and_no_calls(as_manager):
    assert as_manager.post(NEW, wanted(slug="Firm")).url == "/manage/programmes/firm/"

    made = Programme.objects.get()
    page = ProgrammePage.objects.get()
    assert (made.slug, made.coaching, made.modules) == ("firm", Coaching.NONE, 0)
    assert made.wording == Wording.CHECKING
    assert [each.key for each in made.timepoints.order_by("position")] == ["t1", "t2", "t3", "t4", "t5"]
    assert (page.slug, page.live, HomePage.objects.get().title) == ("firm", True, "Firm Footing")
    assert AuditEvent.objects.filter(event="programme_made", target_id=str(made.pk)).exists()


def test_without_calls_the_questions_after_the_calls_come_after_eight_weeks(as_manager):
    as_manager.post(NEW, wanted())

    third = Timepoint.objects.get(key="t3")
    assert (third.anchor, third.offset_days, third.label) == (Anchor.ENROLMENT, 56, "After eight weeks")


def test_the_first_programme_brings_the_page_to_which_help_now_leads(as_manager):
    as_manager.post(NEW, wanted())

    help_now, first_days = (Client().get(address) for address in ("/help-now/", "/first-days/"))
    assert 'href="/first-days/"' in help_now.content.decode()
    assert "Make things safe." in first_days.content.decode()
    assert 'href="tel:116123"' in first_days.content.decode()
    assert checking.look(PublicPage.objects.get()).faults == ()


def test_a_programme_that_takes_over_pages_has_the_parts_that_they_show(as_manager, steady):
    ModulePage.objects.last().unpublish()

    as_manager.post(NEW, wanted(slug="steady"))

    assert Programme.objects.get().modules == 1
    assert ProgrammePage.objects.count() == 1


def test_a_programme_may_ask_nothing(as_manager):
    as_manager.post(NEW, wanted(asks="none"))

    assert not Timepoint.objects.exists()
    assert "Questions are asked</dt><dd>never" in as_manager.get("/manage/programmes/firm/").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"slug": "steady"}, "This short name is taken."),
        ({"slug": "new"}, "The site uses this word itself."),
        ({"organisation": ""}, "Choose an organisation."),
        ({"asks": ""}, "Choose one of the two."),
        ({"wording": ""}, "Choose one of the three."),
        ({"public_name": ""}, "Write the name."),
    ],
)
def test_a_programme_that_does_not_fit_is_not_made(as_manager, change, words):
    ProgrammeFactory()

    answer = as_manager.post(NEW, wanted(**change))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Programme.objects.count() == 1


def test_the_second_programme_stands_beside_the_first(as_manager, steady):
    as_manager.post(NEW, wanted())

    assert HomePage.objects.get().title == "Steady Ground"
    assert set(ProgrammePage.objects.values_list("slug", flat=True)) == {"steady", "firm"}


def test_without_an_organisation_the_page_says_what_comes_first(as_manager):
    page = as_manager.get(NEW).content.decode()

    assert "Set that up first" in page
    assert 'name="public_name"' not in page


def test_the_sheet_begins_with_what_every_sheet_needs(as_manager):
    as_manager.post(NEW, wanted())

    text = as_manager.get("/manage/programmes/firm/information/").context["form"]["text"].value()

    for words in (
        "Firm Footing is run by Riverside Hospital", "[Who pays for it", "may be skipped",
        "nobody who manages, teaches",
        "Nobody looks at answers as they come in", "serious danger", "patients at risk now", "a court’s order",
        "You can stop today or on any day, in one step", "choose what happens to your data",
    ):  # fmt: skip
        assert words in text
    assert re.search(r"up to \d{2,3} questions over six months", text)
    assert "recorded" not in text  # there are no calls


def test_a_sheet_with_open_places_is_not_published_and_nothing_typed_is_lost(as_manager):
    as_manager.post(NEW, wanted())

    answer = as_manager.post("/manage/programmes/firm/information/", {"text": "Mine. [Who pays] <script>"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Something is still to be filled in: [Who pays]" in page
    assert "Mine. [Who pays] &lt;script&gt;" in page
    assert consent.current_form(Programme.objects.get()) is None


def test_each_change_is_a_new_version_and_stands_in_the_box_again(as_manager):
    as_manager.post(NEW, wanted())
    there = "/manage/programmes/firm/information/"
    as_manager.post(there, {"text": "## One\n\nTwo."})

    assert as_manager.get(there).context["form"]["text"].value() == "## One\n\nTwo."
    as_manager.post(there, {"text": "## One\n\nThree."})

    form = consent.current_form(Programme.objects.get())
    assert (form.version, form.information) == (2, "<h2>One</h2>\n<p>Three.</p>")
    assert AuditEvent.objects.filter(event="information_published").count() == 2


def test_the_information_is_translated_once_it_stands(as_manager):
    as_manager.post(NEW, wanted())
    there, in_french = "/manage/programmes/firm/information/", "/manage/programmes/firm/information/fr/"
    assert as_manager.get(in_french).status_code == 404
    as_manager.post(there, {"text": "One."})
    assert "Not written yet" in as_manager.get(there).content.decode()
    assert as_manager.get(in_french).context["form"]["text"].value() == "One."

    as_manager.post(in_french, {"text": "Un."})

    programme = Programme.objects.get()
    french, english = consent.current_form(programme, language="fr"), consent.current_form(programme)
    assert (french.information, french.version) == ("<p>Un.</p>", english.version)
    assert english.information == "<p>One.</p>"
    assert as_manager.get(in_french).context["form"]["text"].value() == "Un."
    assert "Published</span>" in as_manager.get(there).content.decode()

    as_manager.post(there, {"text": "One, and two."})

    assert "Older than the words here" in as_manager.get(there).content.decode()
    assert consent.current_form(programme, language="fr").language == "en-gb"


@pytest.mark.parametrize("language", ["en-gb", "de"])
def test_the_information_is_translated_into_the_other_languages_of_the_site_alone(as_manager, language):
    as_manager.post(NEW, wanted())
    as_manager.post("/manage/programmes/firm/information/", {"text": "One."})

    assert as_manager.get(f"/manage/programmes/firm/information/{language}/").status_code == 404


WORD = "/manage/programmes/steady/word/"


def test_a_manager_chooses_the_programmes_own_word(of_one):
    assert of_one.post(WORD, {"wording": "CONSULTING"}).url == "/manage/programmes/steady/"

    page = of_one.get("/manage/programmes/steady/").content.decode()
    assert Programme.objects.get().wording == Wording.CONSULTING
    assert "From now on its pages say “consult”." in page
    assert AuditEvent.objects.get(event="programme_word_chosen").facts == {"wording": "CONSULTING"}


def test_the_word_of_a_frozen_programme_stays(of_one, tuesday):
    freezing.freeze(programme=Programme.objects.get(), by=None, now=tuesday)

    answer = of_one.post(WORD, {"wording": "CONSULTING"})

    assert answer.status_code == 422
    assert "and the word stands in them" in answer.content.decode()
    assert Programme.objects.get().wording == Wording.ASKING


def test_a_manager_is_told_where_the_button_to_join_leads_before_a_group_changes_it(of_one):
    there = "/manage/programmes/steady/group/"
    assert "The button “Join”" not in of_one.get(there).content.decode()
    CohortFactory(programme=Programme.objects.get(), name="Spring", open_enrolment=True)

    told = of_one.get(there).content.decode()

    assert "The button “Join” of the front page leads to the group “Spring” of Steady Ground now." in told


GROUP = {"name": "Autumn", "opens_on": "2026-11-10", "closes_on": "", "way": "invited"}


def test_a_group_is_opened(of_one):
    assert of_one.post("/manage/programmes/steady/group/", GROUP).url == "/manage/programmes/steady/"

    made = Cohort.objects.get()
    assert (made.name, str(made.opens_on), made.open_enrolment) == ("Autumn", "2026-11-10", False)
    assert AuditEvent.objects.filter(event="group_made", target_id=str(made.pk)).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Write a name."),
        ({"name": "Spring"}, "has a group of that name"),
        ({"opens_on": "soon"}, "Write the day as year-month-day."),
        ({"closes_on": "2026-11-01"}, "The last day comes before the first."),
        ({"way": ""}, "Choose one of the two."),
    ],
)
def test_a_group_that_does_not_fit_is_not_made(of_one, change, words):
    Cohort.objects.create(programme=Programme.objects.get(), name="Spring", opens_on="2026-03-01")

    answer = of_one.post("/manage/programmes/steady/group/", GROUP | change)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Cohort.objects.count() == 1


def test_a_manager_of_one_programme_makes_no_others_and_sees_none(of_one):
    ProgrammeFactory(slug="other", public_name="Open Water")

    listed = of_one.get("/manage/programmes/").content.decode()

    assert "Steady Ground" in listed
    assert "Open Water" not in listed
    assert "Riverside Hospital</li>" not in listed
    for address in (NEW, ORGANISATIONS):
        assert of_one.get(address).status_code == of_one.post(address, PLACE).status_code == 404
    for below in ("", "information/", "information/fr/", "word/", "group/", "pack.zip"):
        assert of_one.get(f"/manage/programmes/other/{below}").status_code == 404
        assert of_one.get(f"/manage/programmes/nothing/{below}").status_code == 404
    assert of_one.post("/manage/programmes/other/group/", GROUP).status_code == 404
    assert not Cohort.objects.exists()


def test_a_programme_says_what_it_lacks_until_people_can_begin(as_manager, ada, steady):
    before = as_manager.get("/manage/programmes/").content.decode()
    lacking = as_manager.get("/manage/programmes/steady/").content.decode()
    SupportRouteFactory(organisation=ada.cohort.programme.organisation)

    after = as_manager.get("/manage/programmes/").content.decode()

    assert "Not yet" in before
    assert "<code>grant_role name@example.org SAFEGUARDING_LEAD --programme steady</code>" in lacking
    assert '<span class="tag done">Yes</span>' in after
    assert (
        "Parts shown: 2. Pieces in them: 3." in as_manager.get("/manage/programmes/steady/").content.decode()
    )


def test_a_manager_takes_the_programme_along(of_one, steady):
    answer = of_one.get("/manage/programmes/steady/pack.zip")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "programme.json" in archive.namelist()
    assert answer["Content-Disposition"] == 'attachment; filename="steady.zip"'
    assert AuditEvent.objects.get(event="pack_exported").actor_id is not None


def test_parts_are_counted_as_they_are_shown_hidden_and_taken_away(steady, as_editor):
    programme = ProgrammeFactory()
    first, second = ModulePage.objects.order_by("path")
    first.save_revision().publish()
    programme.refresh_from_db()
    assert programme.modules == 2

    second.unpublish()
    programme.refresh_from_db()
    assert programme.modules == 1

    empty = ModulePageFactory(parent=steady, title="Taken away")
    programme.refresh_from_db()
    assert programme.modules == 2
    as_editor.post(f"/cms/pages/{empty.pk}/delete/", {})
    programme.refresh_from_db()
    assert programme.modules == 1


@pytest.mark.parametrize(
    ("closes_on", "said"), [("2026-11-02", "No more: its groups are closed"), (None, "Not yet")]
)
def test_the_list_of_programmes_says_of_one_whose_groups_are_closed_that_nobody_begins_any_more(
    as_manager, ada, closes_on, said
):
    Cohort.objects.update(closes_on=closes_on)

    assert said in as_manager.get("/manage/programmes/").content.decode()
