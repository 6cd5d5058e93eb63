"""Everything that somebody made, in one place: to read, to print, to carry, to take back."""

import io
import re
import subprocess

import pikepdf
import pytest
from django.test import Client

from content_pages.models import ActivityPage
from resilience import pdf
from resilience.engagement import entries, sharing, taking_part
from resilience.engagement.models import Entry, SharedCopy
from tests.factories.content_pages import LAST, PROMPT, WRITING, exercise
from tests.factories.participants import EnrolmentFactory

PLAN = "/my/plan/"
SENTENCE = "You saw it and you said so."


def line(key: str, label: str, **more: object) -> dict:
    return {**PROMPT, "key": key, "label": label, "input": "line", **more}


CARD = exercise(
    key="my_plan", kind="action_plan", title="My card", revisit_after_days=0,
    prompts=[
        line("tell", "First hour: I make it safe, I tell …"),
        line("steady", "First hour: I steady myself by …"),
        line("sleep", "First day: I decide nothing big before I have slept.", input="ticks", options=["I agree"]),
        line("number", "The number I would ring is …"),
        line("where", "Where?", input="choice", options=["At work", "At home"]),
    ],
)  # fmt: skip
SHEET = exercise(
    key="agree", kind="agree", title="When to call", revisit_after_days=0,
    prompts=[line("always", "Always call me about: …", input="text"), line("reach", "Best way to reach me: …")],
)  # fmt: skip


@pytest.fixture
def last(steady) -> ActivityPage:
    """The last page, with a card and a sheet."""
    page = ActivityPage.objects.get(slug="the-loop")
    page.body = [CARD, SHEET]
    page.save()
    return page


def put(enrolment, page: ActivityPage, key: str, kind: str = "reflection", *, at, **fields: object) -> None:
    entries.save(
        enrolment=enrolment, page=page.translation_key, exercise=key, kind=kind, fields=fields, at=at
    )


def share(enrolment, key: str, *, at) -> None:
    sharing.share(
        enrolment=enrolment, exercise=key, title="One sentence", lines=[("Which sentence?", SENTENCE)],
        by=enrolment.participant.user, at=at,
    )  # fmt: skip


def read(client: Client, address: str = PLAN) -> str:
    return client.get(address).content.decode()


def shown(page: str) -> str:
    """The words that somebody sees, without the marks between them."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_what_was_written_stands_under_the_questions_of_the_page(writing, as_participant, typed):
    as_participant.post(WRITING, typed)

    page = shown(read(as_participant))

    assert "Being human at work One sentence What was needed? A drink, and a second pair of eyes." in page
    assert f"Which sentence? {SENTENCE}" in page
    assert "How far? 6 (10 = Completely)" in page
    assert "Words care, humour" in page


def test_what_was_left_empty_is_left_out(writing, as_participant, ada, tuesday):
    put(ada, writing, "want_to_hear", at=tuesday, sentence=SENTENCE)

    page = read(as_participant)

    assert "Which sentence?" in page
    assert "What was needed?" not in page


def test_an_exercise_that_was_emptied_is_left_out_whole(writing, as_participant, ada, tuesday):
    put(ada, writing, "want_to_hear", at=tuesday)

    assert "Nothing is written down here yet." in read(as_participant)


def test_it_stands_in_the_programmes_order_whatever_was_written_first(
    writing, last, as_participant, ada, tuesday
):
    put(ada, last, "my_plan", "action_plan", at=tuesday, number="12")
    put(ada, writing, "want_to_hear", at=tuesday, sentence=SENTENCE)

    page = read(as_participant)

    assert page.index(SENTENCE) < page.index("The number I would ring is")
    assert f'href="{WRITING}#want_to_hear"' in page
    assert f'href="{LAST}#my_plan"' in page


@pytest.mark.parametrize("lost", ["deleted", "unpublished", "without the exercise"])
def test_what_was_written_outlives_its_page(writing, as_participant, ada, tuesday, lost):
    put(ada, writing, "want_to_hear", at=tuesday, sentence=SENTENCE)
    if lost == "deleted":
        writing.delete()
    elif lost == "unpublished":
        writing.unpublish()
    else:
        writing.body = []
        writing.save()

    page = read(as_participant)

    assert "From pages that are no longer there" in page
    assert SENTENCE in page
    assert f'href="{WRITING}' not in page


def test_a_plan_is_nobody_elses(writing, ada, sign_in, tuesday):
    put(ada, writing, "want_to_hear", at=tuesday, sentence=SENTENCE)

    other = EnrolmentFactory()

    assert SENTENCE not in read(sign_in(other.participant.user))


def test_nothing_shared_is_said_too(writing, as_participant, ada, tuesday):
    put(ada, writing, "want_to_hear", at=tuesday, sentence=SENTENCE)

    assert "You alone can read what stands here." in read(as_participant)


def test_what_is_shared_is_listed_on_top_and_can_be_taken_back(writing, as_participant, ada, ben, tuesday):
    put(ada, writing, "want_to_hear", at=tuesday, sentence=SENTENCE)
    share(ada, "want_to_hear", at=tuesday)
    before = read(as_participant)

    answer = as_participant.post(PLAN, {"do": "take_back:want_to_hear"})

    assert "Your coach can read a copy, since" in before
    assert 'value="take_back:want_to_hear"' in before
    assert (answer.status_code, answer.url) == (302, PLAN)
    assert sharing.read(ada, by=ben.user, at=tuesday) == []
    assert Entry.objects.count() == 1


def test_a_copy_whose_original_is_gone_can_still_be_taken_back(steady, as_participant, ada, tuesday):
    share(ada, "want_to_hear", at=tuesday)

    assert 'value="take_back:want_to_hear"' in read(as_participant)


def test_deleting_a_piece_takes_the_coachs_copy_with_it(writing, as_participant, ada, tuesday):
    put(ada, writing, "want_to_hear", at=tuesday, sentence=SENTENCE)
    share(ada, "want_to_hear", at=tuesday)

    as_participant.post(PLAN, {"do": "delete:want_to_hear"})

    assert not Entry.objects.exists()
    assert not SharedCopy.objects.exists()


def test_nobody_takes_back_or_deletes_what_is_anothers(writing, ada, sign_in, tuesday):
    put(ada, writing, "want_to_hear", at=tuesday, sentence=SENTENCE)
    share(ada, "want_to_hear", at=tuesday)
    other = sign_in(EnrolmentFactory().participant.user)

    for do in ("take_back", "delete"):
        other.post(PLAN, {"do": f"{do}:want_to_hear"})

    assert (Entry.objects.count(), SharedCopy.objects.count()) == (1, 1)


def test_somebody_who_stopped_still_reads_and_downloads_what_they_made(writing, as_participant, ada, tuesday):
    put(ada, writing, "want_to_hear", at=tuesday, sentence=SENTENCE)
    ada.withdrawn_at = tuesday
    ada.save()

    assert SENTENCE in read(as_participant)
    assert as_participant.get("/my/plan.pdf")["Content-Type"] == "application/pdf"
    assert PLAN in read(as_participant, "/my/")


def test_deleting_after_stopping_is_refused_in_words_and_taking_back_is_not(
    writing, as_participant, ada, tuesday
):
    put(ada, writing, "want_to_hear", at=tuesday, sentence=SENTENCE)
    share(ada, "want_to_hear", at=tuesday)
    ada.withdrawn_at = tuesday
    ada.save()

    assert as_participant.post(PLAN, {"do": "delete:want_to_hear"}).status_code == 409
    assert as_participant.post(PLAN, {"do": "take_back:want_to_hear"}).status_code == 302
    assert (Entry.objects.count(), SharedCopy.objects.count()) == (1, 0)
    with pytest.raises(taking_part.Stopped):
        entries.delete(enrolment=ada, exercise="want_to_hear")


@pytest.mark.parametrize(
    "address", [PLAN, "/my/plan.pdf", "/my/plan/card/want_to_hear/", "/my/plan/print/want_to_hear/"]
)
def test_a_page_left_alone_asks_for_a_code_before_it_shows_private_text(
    writing, as_participant, ada, tuesday, time_passes, address
):
    from resilience.accounts import device

    put(ada, writing, "want_to_hear", at=tuesday, sentence=SENTENCE)
    session = as_participant.session
    now = tuesday.timestamp()
    session[device.IN_SESSION] = [device.THIRTY_DAYS, now + device.THIRTY_DAYS, now, now]
    session.save()
    assert as_participant.get(address).status_code == 200
    time_passes(minutes=11)

    answer = as_participant.get(address)

    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/again/?next=%2Fmy%2Fplan")


@pytest.mark.parametrize("address", [PLAN, "/my/plan.pdf", "/my/plan/card/agree/", "/my/plan/print/agree/"])
def test_no_copy_is_kept_on_the_way(last, as_participant, address):
    assert "no-store" in as_participant.get(address)["Cache-Control"]


@pytest.mark.parametrize("many", [1, 10, 1000])
def test_a_plan_of_any_length_costs_the_same_questions_to_the_database(
    writing, as_participant, ada, tuesday, many, django_assert_max_num_queries
):
    for number in range(min(many, 10)):
        put(ada, writing, f"piece_{number}", at=tuesday, sentence=SENTENCE)
    original = Entry.objects.first()
    Entry.objects.bulk_create(
        Entry(
            enrolment=ada, page=original.page, exercise=f"more_{number}", kind="note",
            started_at=tuesday, saved_at=tuesday,
        )
        for number in range(many - 10)
    )  # fmt: skip
    read(as_participant)

    with django_assert_max_num_queries(8):
        read(as_participant)


def test_the_pdf_says_its_language_and_title_and_is_tagged(writing, as_participant, typed):
    as_participant.post(WRITING, typed)

    answer = as_participant.get("/my/plan.pdf")

    assert answer["Content-Disposition"] == 'attachment; filename="my-plan.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as opened:
        assert str(opened.Root.Lang) == "en-gb"
        assert bool(opened.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in opened.Root
        assert str(opened.docinfo["/Title"]) == "My plan"
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_the_pdf_holds_every_word_and_names_neither_programme_nor_part_nor_coach(
    writing, as_participant, ada, typed, tuesday
):
    as_participant.post(WRITING, typed)
    share(ada, "want_to_hear", at=tuesday)

    text = words_of(as_participant.get("/my/plan.pdf").content)

    for needed in ("One sentence", "What was needed?", "A drink, and a second pair of eyes.", SENTENCE):
        assert needed in text
    for secret in ("Steady Ground", "Being human", "coach", "resilience", "http"):
        assert secret.lower() not in text.lower()


def words_of(printed: bytes) -> str:
    found = subprocess.run(["pdftotext", "-", "-"], input=printed, capture_output=True, check=True)
    return re.sub(r"\s+", " ", found.stdout.decode())


def test_without_the_means_to_print_the_page_to_print_is_shown_with_words(
    writing, as_participant, typed, monkeypatch
):
    def missing() -> None:
        raise pdf.Unavailable(pdf.APT_LINE)

    as_participant.post(WRITING, typed)
    monkeypatch.setattr(pdf, "_weasyprint", missing)

    page = read(as_participant, "/my/plan.pdf")

    assert "No PDF can be made here at the moment." in page
    assert SENTENCE in page


def test_a_card_groups_what_belongs_together_and_leaves_out_what_is_not_in_their_words(
    last, as_participant, ada, tuesday
):
    put(
        ada, last, "my_plan", "action_plan", at=tuesday, tell="the nurse in charge", steady="both feet",
        sleep=["I agree"], where="At work",
    )  # fmt: skip

    page = shown(read(as_participant, "/my/plan/card/my_plan/"))

    assert "First hour I make it safe, I tell the nurse in charge I steady myself by both feet" in page
    assert "First day: I decide nothing big before I have slept." in page
    assert "The number I would ring" not in page
    assert "At work" not in page


def test_a_card_without_a_word_on_it_says_so(last, as_participant):
    assert "There is nothing on this card yet." in read(as_participant, "/my/plan/card/my_plan/")


def test_a_card_outlives_its_page(last, as_participant, ada, tuesday):
    put(ada, last, "my_plan", "action_plan", at=tuesday, tell="the nurse in charge")
    last.delete()

    assert "the nurse in charge" in read(as_participant, "/my/plan/card/my_plan/")


@pytest.mark.parametrize("kind", ["card", "print"])
def test_what_no_page_asks_and_nobody_wrote_does_not_exist(last, as_participant, kind):
    assert as_participant.get(f"/my/plan/{kind}/nothing/").status_code == 404


def test_a_sheet_has_lines_to_write_on_where_nothing_was_written(last, as_participant, ada, tuesday):
    put(ada, last, "agree", "agree", at=tuesday, reach="Ring twice.")

    page = read(as_participant, "/my/plan/print/agree/")

    assert page.count('class="rule"') == 3
    assert shown(page).count("Ring twice.") == 1
    assert "Always call me about" in page
    assert "Always call me about:" not in page


def test_a_sheet_can_be_printed_empty(last, as_participant):
    assert read(as_participant, "/my/plan/print/agree/").count('class="rule"') == 5


@pytest.mark.parametrize("address", ["/my/plan/print/agree/", "/my/plan/card/agree/"])
def test_on_paper_nothing_says_which_programme_or_site_it_comes_from(
    last, as_participant, ada, tuesday, address
):
    put(ada, last, "agree", "agree", at=tuesday, always="a number that fell")

    page = read(as_participant, address)

    paper = page[page.index('<main class="paper">') : page.index("</main>")]
    assert "a number that fell" in paper
    assert "<a " not in paper
    assert "/" not in shown(paper)
    assert set(re.findall(r'href="([^"]+)"', page)) == {
        "data:,",
        "/static/paper.css",
        "/my/plan/",
        "/help-now/",
    }
    for name in ("steady", "ground", "resilience", "staff programme", "being human", "ada"):
        assert not re.search(rf"\b{name}\b", page.lower()), name
    assert "<title>When to call</title>" in page


def test_the_names_would_be_found_where_they_stand(last, as_participant):
    assert re.search(r"\bsteady\b", read(as_participant, PLAN).lower())


def test_the_plan_is_one_link_away_from_the_programme_and_from_the_data(steady, as_participant):
    for address in ("/my/", "/my/data/"):
        assert f'href="{PLAN}"' in read(as_participant, address)


def test_who_can_read_what_has_a_line_for_the_plan(db):
    page = shown(read(Client(), "/promise/"))

    assert re.search(
        r"Your plan: all that you wrote, its cards and its PDF participant \(only what is their own\)", page
    )
