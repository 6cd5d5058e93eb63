"""One sitting over the whole line, by what people see: a nurse's phone, her second device, the coach, the editor,
the evaluator, and the desk that shows both handsets, the mail and the clock. Only the clock is moved."""

import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import looking, steps
from tests.browser.conftest import DESKTOP
from tests.browser.desk import COACH, PARTICIPANT, Desk
from tests.browser.running import Site

GWEN = "gwen@example.net"
NUMBER, COACHS_NUMBER = "07700 900998", "020 7946 0101"
WAIT_S = 20
MODULE = "Being human at work"
STORY, REFLECTION = "Good people, hard jobs", "What I would want to hear"
SENTENCE = "I have your patient. Drink this."
OURS = "How far do you agree with each of these about your own part in the call?"
REPORT = (
    "SYNTHETIC DATA", "Flow of participants", "Who took part", "Mean (SD)", "Paired t test", "dz with 95% CI",
    "66 people answered at baseline; of them, 62 (93.9%) answered at T2, 47 (71.2%) at T3 and 33 (50.0%) at T4",
)  # fmt: skip
THEIRS = "My coach was interested in me"


def test_a_nurse_goes_the_whole_way_and_the_evaluator_reads_the_report(fresh_site, device):
    phone = device()
    _join(phone, fresh_site)
    _answer_before(phone)
    _write_on_the_phone(phone)
    _come_back_on_another_device(device(), fresh_site)
    _an_editor_changes_the_story(device(width=DESKTOP), phone, fresh_site)
    _reach_the_end_of_the_parts(phone)

    desk = Desk(phone.context.new_page(), fresh_site.address)
    _book_and_move(phone, desk, fresh_site)
    _talk(desk)
    coach = device(width=DESKTOP)
    _both_rate(phone, coach, fresh_site)
    _a_stranger_learns_nothing(device(), phone.url)
    _questions_after_the_calls_come_once(phone, desk)

    _the_report(device(width=DESKTOP), fresh_site)


def _join(phone: Page, site: Site) -> None:
    phone.goto(site.address)
    steps.follow(phone, "The first days")
    steps.see(phone, "The first days")
    phone.goto(site.address)
    steps.follow(phone, "A sample")
    steps.see(phone, "A sample")
    steps.follow(phone, "Join")
    steps.see(phone, "Before you join")
    expect(phone.get_by_text("123 questions over six months")).to_be_visible()
    steps.press(phone, "Go on to join")
    expect(phone.get_by_text("ends when the job ends")).to_be_visible()
    steps.give_address_and_code(phone, site, GWEN, address_label="Your private e-mail address", then="Go on")
    steps.say_whose_device(phone, "My own phone or computer")
    _consent_and_about_you(phone)


def _consent_and_about_you(phone: Page) -> None:
    steps.see(phone, "What you agree to")
    steps.press(phone, "Join")
    expect(phone.get_by_role("alert")).to_contain_text("Tick this one to take part")
    steps.agree_to(
        phone, "I take part", "Use my answers in the evaluation", "Offer me calls", "Send me texts"
    )
    steps.see(phone, "About you")
    steps.choose(phone, "What is your profession?", "Nurse")
    phone.get_by_label("What shall a coach call you?").fill("Gwen")
    phone.get_by_label("Your telephone number").fill(NUMBER)
    steps.press(phone, "Go on")
    steps.see(phone, "Is this a good time?")
    steps.choose(phone, "Is now a reasonable time", "I think so")
    steps.press(phone, "Go on")
    expect(phone.get_by_text("This is only a suggestion. You decide.")).to_be_visible()
    phone.get_by_label("Start", exact=True).check()
    steps.press(phone, "Go on")


def _answer_before(phone: Page) -> None:
    expect(phone.get_by_text("22 questions, about 5 minutes.")).to_be_visible()
    assert steps.answer_all(phone, place=1) == 4
    expect(phone.get_by_role("heading", name="Samaritans")).to_be_visible()
    assert looking.at(phone) == []
    steps.follow(phone, "Go on to my programme")
    steps.see(phone, "Welcome")


def _write_on_the_phone(phone: Page) -> None:
    steps.follow(phone, re.compile("Begin"))
    steps.see(phone, STORY)
    expect(phone.get_by_role("heading", name="Ten past four")).to_be_visible()
    steps.press(phone, "I have done this")
    steps.see(phone, MODULE)
    expect(phone.get_by_text("One of four done. Your next piece takes 5 minutes.")).to_be_visible()
    steps.follow(phone, REFLECTION)
    steps.see(phone, REFLECTION)
    phone.get_by_label("Which one sentence would you want to hear?").fill(SENTENCE)
    steps.press(phone, "Save")
    expect(phone.get_by_label("Which one sentence would you want to hear?")).to_have_value(SENTENCE)


def _come_back_on_another_device(other: Page, site: Site) -> None:
    other.goto(site.address)
    steps.follow(other, "Sign in")
    steps.give_address_and_code(other, site, GWEN, address_label="Your e-mail address", then="Sign in")
    steps.say_whose_device(other, "A shared computer")
    steps.see(other, "Welcome back")
    expect(other.get_by_text(f"You were in “{REFLECTION}”.")).to_be_visible()
    steps.follow(other, MODULE)
    steps.follow(other, REFLECTION)
    expect(other.get_by_label("Which one sentence would you want to hear?")).to_have_value(SENTENCE)
    other.get_by_role("button", name="Sign out").click()


def _an_editor_changes_the_story(editor: Page, phone: Page, site: Site) -> None:
    editor.goto(site.links["editor"])
    editor.get_by_role("link", name=MODULE).click()
    editor.get_by_role("link", name=STORY, exact=True).click()
    editor.get_by_label("Heading*").fill("Twelve minutes past four")
    editor.get_by_role("button", name="Toggle preview").click()
    preview = editor.frame_locator("iframe#w-preview-iframe")
    expect(preview.get_by_role("heading", name="Twelve minutes past four")).to_be_visible()
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Publish").click()
    expect(editor.get_by_text("has been published")).to_be_visible()

    steps.menu(phone, "My programme")
    steps.follow(phone, MODULE)
    steps.follow(phone, STORY)
    expect(phone.get_by_role("heading", name="Twelve minutes past four")).to_be_visible()


def _reach_the_end_of_the_parts(phone: Page) -> None:
    steps.menu(phone, "My programme")
    steps.skip_the_rest(phone)
    expect(phone.get_by_role("heading", name="After the parts")).to_be_visible()
    steps.follow(phone, "Answer them")
    assert steps.answer_all(phone, place=7) == 1
    steps.follow(phone, "Go on to my programme")


def _book_and_move(phone: Page, desk: Desk, site: Site) -> None:
    phone.bring_to_front()
    steps.menu(phone, "Calls")
    steps.follow(phone, "See free times")
    steps.follow(phone, "Ben")
    expect(phone.get_by_text("Times are London time.")).to_be_visible()
    phone.get_by_role("radio").nth(1).check()
    steps.press(phone, "Book this call")
    steps.see(phone, "Your call is booked")
    first = _when(phone)
    desk.expect_text("Booked:", on=PARTICIPANT)
    booked = _mail(site, "Your appointment")
    assert first.split(" (")[0] in booked.get_body().get_content()
    assert [part.get_content_type() for part in booked.iter_attachments()] == ["text/calendar"]

    steps.follow(phone, "Move this call")
    phone.get_by_role("radio").nth(3).check()
    steps.press(phone, "Move the call")
    steps.see(phone, "Your call is booked")
    assert _when(phone) != first
    expect(desk.handset(PARTICIPANT).get_by_role("log").get_by_text("Booked:")).to_have_count(2)
    assert _when(phone).split(" (")[0] in _mail(site, "Your appointment has changed").get_body().get_content()


def _when(phone: Page) -> str:
    return phone.get_by_role("main").get_by_role("time").first.inner_text()


def _mail(site: Site, subject: str):
    mine = [mail for mail in site.mails() if mail["to"] == GWEN and mail["subject"] == subject]
    assert len(mine) == 1
    return mine[0]


def _talk(desk: Desk) -> None:
    desk.page.bring_to_front()
    desk.move_clock("To the next call")
    desk.answer_and_press_1(on=COACH)
    desk.answer_and_press_1(on=PARTICIPANT)
    for handset in (COACH, PARTICIPANT):
        desk.expect_line("On the line with the other side", on=handset)
        expect(desk.handset(handset).get_by_role("log")).not_to_contain_text("record")
    desk.press("Hang up", on=COACH)
    for handset in (COACH, PARTICIPANT):
        desk.expect_line("Nothing is ringing", on=handset)


def _both_rate(phone: Page, coach: Page, site: Site) -> None:
    coach.goto(site.links["coach"])
    steps.look_again_until(coach, coach.get_by_role("heading", name="How did these go?"))
    coach.get_by_role("main").get_by_role("link", name=re.compile("Gwen")).first.click()
    steps.see(coach, "Call with Gwen")
    call = coach.url
    expect(coach.get_by_label("We talked")).to_be_checked()
    for question in coach.locator("fieldset").filter(has_text="Strongly agree").filter(visible=True).all():
        question.get_by_label("Agree", exact=True).check()
    assert looking.at(coach) == []
    before = coach.content()
    steps.press(coach, "Save")
    coach.goto(call)

    phone.bring_to_front()
    phone.reload()
    steps.follow(phone, "Answer them")
    for question in phone.locator("fieldset").filter(has_text="Strongly agree").filter(visible=True).all():
        question.get_by_label("Disagree", exact=True).check()
    assert looking.at(phone) == []
    participants_page = phone.content()
    steps.press(phone, "Send my answers")
    expect(phone.get_by_text("Your coach never sees them")).to_be_visible()
    coach.reload()
    for page in (before, coach.content()):
        _holds_none_of(page, NUMBER, GWEN, THEIRS)
    for page in (participants_page, phone.content()):
        _holds_none_of(page, COACHS_NUMBER, "coach@example.org", OURS)


def _holds_none_of(page: str, *words: str) -> None:
    digits = re.sub(r"\D", "", page)
    for each in words:
        assert each not in page
        number = re.sub(r"\D", "", each).lstrip("0")
        assert len(number) < 9 or number not in digits


def _a_stranger_learns_nothing(stranger: Page, call: str) -> None:
    stranger.goto(call)
    steps.see(stranger, "Sign in")
    expect(stranger.get_by_text("Ben")).to_have_count(0)


def _questions_after_the_calls_come_once(phone: Page, desk: Desk) -> None:
    before = _texted(desk, "A short page is ready for you")
    phone.bring_to_front()
    steps.menu(phone, "Calls")
    steps.press(phone, "One call is enough")
    steps.see(phone, "Your calls")
    for _day in range(4):
        desk.move_clock("A day ahead")
    # when it falls due, and one reminder
    _wait_for(lambda: _texted(desk, "A short page is ready for you") >= before + 2)
    desk.move_clock("A week ahead")
    _wait_for(lambda: _texted(desk, "Before this closes on") >= 1)  # the last one
    told = _texted(desk, "A short page"), _texted(desk, "Before this closes on")
    desk.move_clock("A day ahead")
    desk.page.wait_for_timeout(4_000)
    assert (_texted(desk, "A short page"), _texted(desk, "Before this closes on")) == told

    steps.menu(phone, "My programme")
    expect(phone.get_by_role("heading", name="After the calls")).to_be_visible()


def _wait_for(come: Callable[[], bool]) -> None:
    until = time.monotonic() + WAIT_S
    while not come():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.2)


def _texted(desk: Desk, words: str) -> int:
    """Return how many texts with these words the participant's handset shows."""
    return desk.handset(PARTICIPANT).get_by_role("log").inner_text().count(words)


def _the_report(evaluator: Page, site: Site) -> None:
    evaluator.goto(site.links["evaluator"])
    steps.follow(evaluator, "Finished cohort (synthetic data)")
    steps.press(evaluator, "Build a report")
    steps.see(evaluator, "Report")
    expect(evaluator.get_by_role("progressbar")).to_be_visible()
    link = evaluator.get_by_role("link", name="Open the report (PDF)")
    expect(link).to_be_visible(timeout=90_000)
    answer = evaluator.request.get(site.address + link.get_attribute("href"))
    assert answer.body().startswith(b"%PDF")
    text = _text_of(answer.body(), folder=site.var)
    for words in REPORT:
        assert words in text, words


def _text_of(pdf: bytes, *, folder: Path) -> str:
    (folder / "read.pdf").write_bytes(pdf)
    command = ["pdftotext", "-layout", folder / "read.pdf", "-"]
    read = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return " ".join(read.split())
