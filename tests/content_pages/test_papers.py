"""The papers follow the programme, say in which version on each page, and quote nobody's words without a licence."""

import io
import re
import subprocess
from datetime import date

import pikepdf
import pytest

from content_pages.papers import printing
from resilience import pdf
from resilience.accounts.models import Role
from resilience.evaluation import plans
from resilience.measures import catalogue, permissions, timetable
from resilience.participants import consent, papers
from resilience.participants.models import Coaching, Papers, Programme
from tests.factories.accounts import UserFactory
from tests.factories.measures import TimepointFactory
from tests.factories.participants import ConsentFormFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
PAGE = "/manage/programmes/steady/papers/"
BOTH = (printing.RECRUITMENT, printing.ETHICS)
OURS = "Steady yourself enough to do the next thing safely"  # coping_confidence: our own words
THEIRS = "Words that the site may show and nobody may pass on"
BROUGHT = f"""
key = "single_item_burnout"
language = "en"
short = "One question"
lead = "Leave it out if you like."
[licence]
name = "By letter"
holder = "Its owner"
url = "https://example.org/"
quoted = "You may ask this of your staff."
read_on = 2026-11-01
[items]
1 = "{THEIRS}"
"""
ANSWERS = "".join(f'[[options]]\nvalue = {value}\nlabel = "Answer {value}"\n' for value in range(1, 6))
SAID = {
    "contact": "the library, extension 4321", "address": "", "sponsor": "The University of Riverside",
    "approval": "Riverside committee, 26/NW/0123", "registered": "ISRCTN00000001",
}  # fmt: skip


@pytest.fixture
def manager():
    return UserFactory(roles=[Role.MANAGER])


@pytest.fixture
def programme(steady, manager, tuesday) -> Programme:
    """Ada's programme with its pages, its information, and two time points; one asks what nobody may pass on."""
    permissions.record(
        key="single_item_burnout", reference="Letter 7", holder="Its owner", granted_on=date(2026, 11, 1),
        use_context="research", words=BROUGHT + ANSWERS, by=manager, now=tuesday,
    )  # fmt: skip
    found = ProgrammeFactory()
    ConsentFormFactory(programme=found)
    TimepointFactory(programme=found, key="t1", asks=["coping_confidence", "single_item_burnout"])
    TimepointFactory(programme=found, key="t2", label="Later", position=2, offset_days=42, asks=["leaving"])
    return found


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def said(programme: Programme, part: str = printing.ETHICS) -> str:
    return words(printing.compose(programme).parts[part])


def test_words_that_are_ours_are_quoted_and_others_are_named_and_cited(programme):
    ours, theirs = catalogue.get("coping_confidence"), catalogue.get("single_item_burnout")
    assert theirs.items[0].text == THEIRS  # the site itself may show them

    text = said(programme)

    assert OURS in text
    assert THEIRS not in text
    assert "Answer 3" not in text
    for each in (ours, theirs):
        assert each.name in text
        assert each.citation in text
    assert "Letter" not in text


def test_what_people_of_one_profession_read_instead_stands_beside_it(programme):
    assert "How likely are you to leave your course in the next 12 months?" in said(programme)


def renames(programme: Programme, **at: object) -> None:
    Programme.objects.filter(pk=programme.pk).update(public_name="Firm Ground")


def changes_the_timetable(programme: Programme, *, by, now) -> None:
    later = programme.timepoints.get(key="t2")
    later.offset_days = 49
    timetable.change(timepoint=later, by=by, now=now)


def asks_something_else(programme: Programme, *, by, now) -> None:
    timetable.ask(programme=programme, asks={"t1": ["who5"], "t2": ["leaving"]}, by=by, now=now)


def publishes_new_information(programme: Programme, *, by, now) -> None:
    consent.publish(programme=programme, information="<p>Something else.</p>", now=now)


def offers_no_calls(programme: Programme, **at: object) -> None:
    Programme.objects.filter(pk=programme.pk).update(coaching=Coaching.NONE)


def is_approved(programme: Programme, *, by, now) -> None:
    papers.write(programme=programme, said=SAID, by=by, now=now)


@pytest.mark.parametrize(
    "change",
    [
        renames,
        changes_the_timetable,
        asks_something_else,
        publishes_new_information,
        offers_no_calls,
        is_approved,
    ],
)
def test_the_version_changes_when_the_programme_does(programme, manager, tuesday, change):
    before = printing.compose(programme).version

    change(programme, by=manager, now=tuesday)

    assert printing.compose(Programme.objects.get(pk=programme.pk)).version != before


def test_the_same_programme_has_the_same_version_on_any_day(programme, time_passes):
    before = printing.compose(programme).version

    time_passes(days=3)

    assert printing.compose(Programme.objects.get(pk=programme.pk)).version == before


def test_both_parts_are_one_tagged_pdf_with_the_version_on_each_page(programme, tuesday):
    composed = printing.compose(programme)

    raw = printing.printed(composed, parts=BOTH, on=tuesday.date())

    pages = subprocess.run(
        ["pdftotext", "-", "-"], input=raw, capture_output=True, check=True
    ).stdout.decode()
    each = [re.sub(r"\s+", " ", page) for page in pages.split("\f")[:-1]]
    assert len(each) > 8
    foot = f"Version {composed.version}, 3 November 2026"
    assert [number for number, page in enumerate(each, start=1) if foot not in page] == []
    whole = " ".join(each)
    assert OURS in whole
    assert THEIRS not in whole
    with pikepdf.open(io.BytesIO(raw)) as opened:
        assert str(opened.docinfo["/Title"]) == "Steady Ground: papers"
        assert bool(opened.Root.MarkInfo.Marked)
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_the_huddle_takes_less_than_a_minute_to_read_aloud(programme, manager, tuesday):
    is_approved(programme, by=manager, now=tuesday)

    html = printing.compose(programme).parts[printing.RECRUITMENT]

    aloud = (
        html.split('<section class="sheet huddle">')[1].split('<div class="aloud">')[1].split("</section>")[0]
    )
    assert 60 < len(words(aloud).split()) < 150


def test_people_are_told_that_it_is_before_it_happens_practical_and_private(programme, manager, tuesday):
    is_approved(programme, by=manager, now=tuesday)

    text = said(programme, printing.RECRUITMENT)

    for promise in ("Get ready before it happens", "Practical.", "Private.", "Nobody who manages, teaches"):
        assert promise in text
    assert text.count("the library, extension 4321") == 4
    assert "testserver" in text or "localhost" in text


def test_an_address_of_its_own_stands_on_the_poster_as_people_type_it(programme, manager, tuesday):
    papers.write(
        programme=programme,
        said={**SAID, "address": "https://riverside.example/steady/"},
        by=manager,
        now=tuesday,
    )

    assert "decide: riverside.example/steady " in said(programme, printing.RECRUITMENT)


def test_an_ethics_board_reads_all_that_it_asks_for(programme, manager, tuesday):
    is_approved(programme, by=manager, now=tuesday)

    text = said(programme)

    for found in (
        "What taking part means.", "Ask me for an interview", "straight after joining", "6 weeks after joining",
        "Your answers to questions", "only figures for ten or more people", "a court’s order",
        "Samaritans", "Delete, but keep my numbers in published totals", "Joining: 2 of 4", "Save and go on",
        *[SAID[name] for name in ("sponsor", "approval", "registered")],
    ):  # fmt: skip
        assert found in text, found


def test_a_page_on_paper_leads_nowhere_and_asks_nothing(programme):
    screens = printing.compose(programme).parts[printing.ETHICS].split('id="screens"')[1]

    assert 'type="radio"' in screens
    for mark in ("href=", "<form", "name=", "csrf", "<script", "<details"):
        assert mark not in screens


def test_a_programme_of_which_nothing_is_set_up_has_papers_that_say_what_is_missing():

    composed = printing.compose(ProgrammeFactory(slug="bare", public_name="Bare"))

    assert set(composed.missing) == {
        "contact",
        "sponsor",
        "approval",
        "registered",
        "words",
        "plan",
        "pages",
    }
    assert "The information is not published yet." in words(composed.parts[printing.ETHICS])


def test_a_manager_fills_in_what_only_they_know_and_gets_the_file(programme, as_manager, drain, monkeypatch):
    page = as_manager.get(PAGE).content.decode()
    assert "who approved it, and the number" in page

    as_manager.post(PAGE, SAID)

    assert "who approved it, and the number" not in as_manager.get(PAGE).content.decode()
    assert Papers.objects.get().approval == SAID["approval"]
    asked = []
    monkeypatch.setattr(pdf, "render", lambda *, html: asked.append(html) or b"%PDF-1.7")
    waits = [as_manager.get(f"{PAGE}{name}.pdf", follow=True) for name in ("papers", "recruitment", "papers")]
    assert ["They are being made" in page.content.decode() for page in waits] == [True] * 3
    drain()
    assert "They are ready" in as_manager.get(f"{PAGE}papers/").content.decode()
    whole, joining = (as_manager.get(f"{PAGE}{name}.pdf") for name in ("papers", "recruitment"))
    version = printing.compose(programme).version
    assert whole["Content-Disposition"] == f'attachment; filename="steady-papers-{version}-20261103.pdf"'
    assert (
        joining["Content-Disposition"] == f'attachment; filename="steady-recruitment-{version}-20261103.pdf"'
    )
    assert ["Papers for an ethics board" in html for html in asked] == [True, False]


def test_without_the_means_to_print_the_page_says_so(programme, as_manager, drain, monkeypatch):
    def missing() -> None:
        raise pdf.Unavailable(pdf.APT_LINE)

    monkeypatch.setattr(pdf, "_weasyprint", missing)

    as_manager.get(f"{PAGE}papers.pdf", follow=True)
    drain()
    answer = as_manager.get(f"{PAGE}papers.pdf", follow=True)

    assert "No PDF can be made here at the moment" in answer.content.decode()


def test_papers_of_a_programme_that_somebody_does_not_manage_are_not_there(programme, sign_in):
    stranger = UserFactory()
    stranger.grants.create(role=Role.MANAGER, programme="elsewhere", granted_at=stranger.joined_at)
    browser = sign_in(stranger)

    assert {
        browser.get(f"{PAGE}{name}").status_code for name in ("", "papers/", "papers.pdf", "recruitment.pdf")
    } == {404}


def test_approval_and_registration_stand_in_a_plan_that_is_made_later_and_in_none_before(
    programme, manager, as_evaluator, tuesday
):
    early = plans.open_evaluation(programme=programme, slug="early", name="Early", now=tuesday)

    is_approved(programme, by=manager, now=tuesday)
    late = plans.open_evaluation(programme=programme, slug="late", name="Late", now=tuesday)

    assert "papers" not in early.plan.content
    assert late.plan.content["papers"]["approval"] == SAID["approval"]
    assert SAID["registered"] in as_evaluator.get("/evaluations/late/plan/").content.decode()
    assert SAID["registered"] not in as_evaluator.get("/evaluations/early/plan/").content.decode()
