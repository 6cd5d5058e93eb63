"""A line about one's hours: only the person makes it, nothing of it is kept, and it names nothing but them."""

import io
import re
import subprocess
from decimal import Decimal

import pikepdf
import pytest

from resilience import pdf
from resilience.accounts import policy
from resilience.accounts.models import Draft, Role
from resilience.audit.models import AuditEvent
from resilience.engagement import completions
from resilience.journeys import certificate

ADDRESS = "/my/certificate/"
TYPED = {"name": "Joan Ellis", "hours": "2.5", "first": "2026-10-05", "last": "2026-11-03"}
SAYS = "Joan Ellis spent 2.5 hours on professional learning between 5 October 2026 and 3 November 2026."


@pytest.fixture
def begun(ada, tuesday) -> None:
    """Ada has one piece behind her."""
    completions.complete(enrolment=ada, activity=ada.pk, how="SKIPPED", at=tuesday)


def test_before_the_first_piece_the_page_says_when_it_opens(as_participant):
    for answer in (as_participant.get(ADDRESS), as_participant.post(ADDRESS, TYPED)):
        assert "Once one piece is behind you" in answer.content.decode()


def test_it_says_one_sentence_and_nothing_else(begun, as_participant):
    answer = as_participant.post(ADDRESS, TYPED)

    text = subprocess.run(
        ["pdftotext", "-", "-"], input=answer.content, capture_output=True, check=True
    ).stdout
    assert re.sub(r"\s+", " ", text.decode()).strip() == f"Professional learning {SAYS}"
    assert answer["Content-Disposition"] == 'attachment; filename="certificate.pdf"'
    assert "no-store" in answer["Cache-Control"]


def test_the_pdf_says_its_language_and_a_title_that_tells_nothing(begun, as_participant):
    answer = as_participant.post(ADDRESS, TYPED)

    with pikepdf.open(io.BytesIO(answer.content)) as opened:
        assert str(opened.Root.Lang) == "en-gb"
        assert bool(opened.Root.MarkInfo.Marked)
        assert str(opened.docinfo["/Title"]) == "Professional learning"


def test_the_page_to_print_names_no_programme(begun, as_participant):
    page = as_participant.post(ADDRESS, {**TYPED, "show": "1"}).content.decode()

    assert SAYS in page
    assert "Steady Ground" not in page
    assert "resilience" not in page.lower()


def test_without_the_means_to_print_the_page_to_print_says_so(begun, as_participant, monkeypatch):
    def missing() -> None:
        raise pdf.Unavailable(pdf.APT_LINE)

    monkeypatch.setattr(pdf, "_weasyprint", missing)

    page = as_participant.post(ADDRESS, TYPED).content.decode()

    assert "No PDF can be made here at the moment." in page
    assert SAYS in page


def test_nothing_of_it_is_stored(begun, as_participant, django_assert_max_num_queries):
    before = AuditEvent.objects.count()

    page = as_participant.get(ADDRESS).content.decode()
    as_participant.post(ADDRESS, {**TYPED, "show": "1"})

    assert "draft_token" not in page
    assert not Draft.objects.exists()
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Write the name that should stand there."),
        ("hours", "0", "from 0.5 to 40, in halves"),
        ("hours", "41", "from 0.5 to 40, in halves"),
        ("hours", "1.25", "from 0.5 to 40, in halves"),
        ("hours", "some", "from 0.5 to 40, in halves"),
        ("first", "2026-11-04", "Choose a day that is not after the last one."),
        ("last", "2026-11-04", "Choose today or a day before."),
        ("first", "", "Choose a day."),
    ],
)
def test_what_cannot_be_taken_is_said_in_words_and_all_that_was_typed_stays(
    begun, as_participant, field, value, words
):
    answer = as_participant.post(ADDRESS, {**TYPED, field: value})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in page
    assert words in page
    for name, typed in {**TYPED, field: value}.items():
        assert not typed or re.search(
            rf'name="{name}"[^>]*value="{typed}"|value="{typed}"[^>]*name="{name}"', page
        )


@pytest.mark.parametrize(
    ("hours", "words"), [("0.5", "0.5 hours"), ("1", "1 hour"), ("10.0", "10 hours"), ("40", "40 hours")]
)
def test_hours_are_said_as_people_say_them(hours, words, tuesday):
    said = certificate.sentence(name="Joan", hours=Decimal(hours), first=tuesday.date(), last=tuesday.date())

    assert f" {words} on professional learning" in said


def test_somebody_who_stopped_can_still_make_one(begun, as_participant, ada, tuesday):
    ada.withdrawn_at = tuesday
    ada.save()

    assert SAYS in as_participant.post(ADDRESS, {**TYPED, "show": "1"}).content.decode()


def test_no_other_role_can_make_one_and_there_is_no_list(db):
    rows = [row for row in policy.rows() if "certificate" in row.name]

    assert {row.name for row in rows} == {"journeys:certificate"}
    assert {row.who for row in rows} == {frozenset({Role.PARTICIPANT})}
    assert {row.whose for row in rows} == {policy.OWN}
