"""`make screens`: pictures of every page in each state that can be reached, into var/screens/, to be looked at.

python -m tests.browser.screens [role ...]
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import packs, running, steps
from tests.browser.camera import Camera
from tests.browser.desk import COACH, PARTICIPANT, Desk
from tests.plugins import browser as chromium

FOLDER = running.ROOT / "var" / "screens"
JOAN = "joan@example.net"


def refused(camera: Camera, page: Page, role: str, name: str) -> None:
    """Take a page that has something to put right."""
    expect(page.get_by_role("alert")).to_be_visible()
    camera.take(page, role, name, "error")


CRAFT = (
    ("/coach/development/", "my-coaching"),
    ("/coach/development/profile/", "craft"),
    ("/coach/development/log/", "log"),
    ("/coach/manual/", "manual"),
    ("/coach/manual/demonstration/call-1/", "manual-call"),
    ("/coach/community/demonstration/", "among-coaches"),
    ("/coach/community/demonstration/meet/", "meet"),
    ("/coach/community/demonstration/training/", "training"),
)
MAKING_COACHES = (
    ("/manage/coaches/", "who-coaches"),
    ("/manage/coaches/new/", "new-coach"),
    ("/manage/coaches/coach/", "one-coach"),
    ("/manage/coaches/coach-3/", "coach-in-training"),
    ("/manage/coaches/training/", "training-wanted"),
)


def visitor(camera: Camera, site: running.Site) -> None:
    """What everybody can see, and what a wrong address says."""
    with camera.person() as page:
        for path, name, state in PUBLIC:
            camera.take_at(page, "visitor", path, name, state)
        for path, name in (("/join/address/", "address"), ("/accounts/login/", "sign-in")):
            camera.open(page, path)
            page.get_by_role("textbox").fill("joan at example")
            steps.press(page, "Send me a code")
            refused(camera, page, "visitor", name)


PUBLIC = (
    ("/", "front", "plain"),
    ("/sample/", "sample", "plain"),
    ("/first-days/", "first-days", "plain"),
    ("/pass-it-on/", "pass-it-on", "plain"),
    ("/pass-it-on/#four-lines", "pass-it-on", "one-card"),
    ("/help-now/", "help-now", "plain"),
    ("/promise/", "promise", "plain"),
    ("/join/", "information", "plain"),
    ("/join/address/", "address", "empty"),
    ("/join/not-an-invitation/", "invitation", "unknown"),
    ("/accounts/login/", "sign-in", "empty"),
    ("/data-deleted/", "data-deleted", "done"),
    ("/nowhere/", "not-found", "error"),
)


def newcomer(camera: Camera, site: running.Site) -> None:
    """Joining, step by step."""
    with camera.person() as page:
        camera.open(page, "/join/")
        steps.press(page, "Go on to join")
        page.get_by_label("Your private e-mail address").fill(JOAN)
        steps.press(page, "Send me a code")
        steps.see(page, "Type your code")
        camera.take(page, "newcomer", "code", "empty")
        page.get_by_label("The code").fill("12")
        steps.press(page, "Go on")
        refused(camera, page, "newcomer", "code")
        page.get_by_label("The code").fill(steps.code_for(site, JOAN, after=0))
        steps.press(page, "Go on")
        steps.see(page, "Whose device is this?")
        camera.take(page, "newcomer", "device")
        steps.say_whose_device(page, "A shared computer")
        _from_consents_on(camera, page)


def _from_consents_on(camera: Camera, page: Page) -> None:
    steps.see(page, "What you agree to")
    camera.take(page, "newcomer", "consents", "empty")
    steps.press(page, "Join")
    refused(camera, page, "newcomer", "consents")
    steps.agree_to(page, "I take part", "Offer me calls", "Send me texts")
    steps.see(page, "About you")
    camera.take(page, "newcomer", "about-you", "empty")
    page.get_by_label("Your telephone number").fill("12")
    steps.press(page, "Go on")
    refused(camera, page, "newcomer", "about-you")
    page.get_by_label("Your telephone number").fill("020 7946 0999")
    steps.press(page, "Go on")
    steps.see(page, "Is this a good time?")
    camera.take(page, "newcomer", "good-time", "questions")
    steps.choose(page, "Has something happened", "Yes")
    steps.press(page, "Go on")
    camera.take(page, "newcomer", "good-time", "suggestion")
    page.get_by_label("Not now", exact=True).check()
    steps.press(page, "Go on")
    expect(page.get_by_role("radio")).to_have_count(0)
    camera.take(page, "newcomer", "later", "done")


def participant(camera: Camera, site: running.Site) -> None:
    """The task list at different points, the questions, every piece of every part."""
    for name, state in (("participant", "start"), ("participant-3", "midway"), ("participant-8", "finished")):
        with camera.person(name) as page:
            camera.take(page, "participant", "my-programme", state)
    with camera.person("participant") as page:
        _questions(camera, page)
    with camera.person("participant-9") as page:
        _parts(camera, page)
    with camera.person("participant-3") as page:
        _an_exercise(camera, page)
    with camera.person("participant-9") as page:
        for path, name in (
            ("/my/measures/", "questions"),
            ("/my/consent/", "consent"),
            ("/my/reach/", "reach"),
            ("/my/results/", "results"),
        ):
            camera.take_at(page, "participant", path, name, "nothing-due" if name == "questions" else "plain")
        camera.take_at(page, "participant", "/my/data/", "my-data")
        camera.take_at(page, "participant", "/my/kept/", "words-without-a-page", "empty")
        camera.take_at(page, "participant", "/my/interview/", "interview", "not-asked")
        camera.take_at(page, "participant", "/my/system/", "what-was-raised", "many")
        _plan(camera, page)
        camera.take_at(page, "participant", "/sign-in/again/", "fresh-code")
        camera.take_at(page, "participant", "/accounts/logout/", "sign-out")
    with camera.person("participant") as page:
        camera.take_at(page, "participant", "/my/plan/", "plan", "empty")
        camera.take_at(page, "participant", "/my/certificate/", "certificate", "not-yet")
    with camera.person("participant-23") as page:
        camera.open(page, "/my/data/")
        page.get_by_label("Stop writing to me").check()
        steps.press(page, "Stop taking part")
        camera.take(page, "participant", "stopped", "done")
        camera.take_at(page, "participant", "/my/results/", "results", "empty")
        camera.take_at(page, "participant", "/my/", "my-programme", "stopped")
        camera.take_at(page, "participant", "/calls/", "calls", "stopped")


def _calls_and_releases(camera: Camera, page: Page) -> None:
    """What a finished report says of calls, what they would take for more people, and what may leave."""
    camera.take_at(page, "evaluator", "/evaluations/demonstration/core-or-optional/", "core-or-optional")
    camera.take_at(page, "evaluator", "/evaluations/demonstration/scale-up/", "scale-up")
    camera.take_at(page, "evaluator", "/evaluations/demonstration/releases/", "releases", "empty")
    steps.press(page, "Make a release")
    camera.take(page, "evaluator", "release", "made")
    camera.take_at(page, "evaluator", "/evaluations/demonstration/releases/", "releases", "one")


def _plan(camera: Camera, page: Page) -> None:
    for path, name, state in PLAN:
        camera.take_at(page, "participant", path, name, state)
    camera.open(page, "/my/certificate/")
    steps.press(page, "Make the PDF")
    refused(camera, page, "participant", "certificate")
    page.get_by_label("Your name").fill("Joan Ellis")
    page.get_by_label("How many hours?").fill("2.5")
    page.get_by_label("From which day?").fill("2026-01-05")
    steps.press(page, "Show it to print")
    camera.take(page, "participant", "certificate", "done")
    camera.open(page, "/my/pause/")
    page.get_by_label("Pause for 2 weeks").check()
    steps.press(page, "Keep this")
    camera.take(page, "participant", "my-programme", "paused")
    camera.take_at(page, "participant", "/my/pause/", "pause", "paused")


PLAN = (
    ("/my/plan/", "plan", "many"),
    ("/my/plan/card/my_plan/", "card", "plan"),
    ("/my/plan/card/agree_as_senior/", "card", "empty"),
    ("/my/plan/print/agree_in_advance/", "sheet", "half-filled"),
    ("/my/plan/print/agree_as_senior/", "sheet", "empty"),
    ("/my/certificate/", "certificate", "empty"),
    ("/my/pause/", "pause", "plain"),
    ("/my/messages/", "messages", "plain"),
)


def _questions(camera: Camera, page: Page) -> None:
    camera.take_at(page, "participant", "/my/measures/", "questions", "due")
    steps.follow(page, "Begin")
    while page.get_by_role("button", name="Save and go on").count():
        name = re.search(r"/(\w+)/$", page.url).group(1).replace("_", "-")
        camera.take(page, "participant", f"questions-{name}")
        steps.press(page, "Save and go on")
        steps.press(page, "Send it empty")
        page.wait_for_load_state()
    camera.take(page, "participant", "questions", "done")


def _parts(camera: Camera, page: Page) -> None:
    modules = page.get_by_role("main").get_by_role("listitem").get_by_role("link")
    for module in sorted(set(modules.evaluate_all("all => all.map(each => each.pathname)"))):
        if not module.startswith("/programmes/"):
            continue
        camera.take_at(page, "participant", module, f"part-{module.strip('/').split('/')[-1]}", "done")
        pieces = page.get_by_role("main").get_by_role("listitem").get_by_role("link")
        for piece in sorted(set(pieces.evaluate_all("all => all.map(each => each.pathname)"))):
            if piece.startswith(module) and piece != module:
                camera.take_at(page, "participant", piece, f"piece-{piece.strip('/').split('/')[-1]}", "done")


def _an_exercise(camera: Camera, page: Page) -> None:
    steps.follow(page, "Being human at work")
    camera.take(page, "participant", "part-being-human-at-work", "midway")
    steps.follow(page, "What I would want to hear")
    camera.take(page, "participant", "piece-what-i-would-want-to-hear", "empty")
    for box in page.get_by_role("textbox").all():
        box.fill("A cup of tea, and somebody to check the next pump with me before I go on. " * 4)
    steps.press(page, "Save")
    camera.take(page, "participant", "piece-what-i-would-want-to-hear", "saved")


def meetings(camera: Camera, site: running.Site) -> None:
    """A meeting before and after asking for a place, the facilitator's list, and the figures."""
    with camera.person("participant-20") as page:
        steps.follow(page, re.compile("See what it is, and ask for a place"))
        camera.take(page, "participant", "meeting", "free")
        steps.press(page, "Keep me a place")
        steps.see(page, "Saying it out loud")
        camera.take(page, "participant", "meeting", "taken")
    with camera.person("coach") as page:
        steps.follow(page, re.compile("Saying it out loud"))
        camera.take(page, "coach", "meeting", "before")
    with camera.person("manager") as page:
        camera.take_at(page, "manager", "/manage/meetings/", "meetings")
        camera.take_at(page, "manager", "/manage/programmes/demonstration/papers/", "papers")
        camera.take_at(page, "manager", "/manage/programmes/demonstration/interviews/", "interviews", "empty")
        camera.take_at(page, "manager", "/manage/programmes/demonstration/messages/", "messages")
        page.get_by_label("The second, how many days after").fill("1")
        steps.press(page, "Keep this")
        refused(camera, page, "manager", "messages")


def calls(camera: Camera, site: running.Site) -> None:
    """The offer, the times, one call in its states, up to the questions afterwards; the clock moves on."""
    for name, state in (
        ("participant", "early"),
        ("participant-20", "offered"),
        ("participant-9", "declined"),
    ):
        with camera.person(name) as page:
            camera.take_at(page, "participant", "/calls/", "calls", state)
    with camera.person("participant-20") as page:
        camera.take_at(page, "participant", "/calls/times/", "times", "many")
        steps.press(page, "Book this call")
        refused(camera, page, "participant", "times")
        steps.follow(page, "Ben")
        page.get_by_role("radio").first.check()
        steps.press(page, "Book this call")
        steps.see(page, "Your call is booked")
        camera.take(page, "participant", "call", "booked")
        _each(camera, page, "participant", OF_THE_TWO)
        camera.take_at(page, "participant", "/calls/", "calls", "booked")
        steps.follow(page, "See, move or cancel it")
        steps.follow(page, "Move this call")
        camera.take(page, "participant", "move")
        steps.follow(page, "Leave it as it is")
        steps.follow(page, "Cancel this call")
        camera.take(page, "participant", "cancel")
        steps.follow(page, "Keep it")
        _before_and_after(camera, page)
    with camera.person("participant-10") as page:
        desk = Desk(page.context.new_page(), camera.address)
        desk.move_clock("To the next call")
        desk.expect_line("Ringing", on=COACH)
        desk.move_clock("A day ahead")
        desk.move_clock("A day ahead")
        camera.open(page, "/calls/")
        steps.look_again_until(page, page.get_by_role("heading", name="Calls so far"))
        camera.take(page, "participant", "calls", "missed")
        steps.follow(page, re.compile("am|pm"))
        camera.take(page, "participant", "call", "missed")


def _each(camera: Camera, page: Page, role: str, pages: dict[str, str]) -> None:
    """Take the page behind each of these links, and come back."""
    here = page.url
    for words, name in pages.items():
        steps.follow(page, words)
        camera.take(page, role, name)
        page.goto(here)


OF_THE_TWO = {
    "Agree how you talk: three taps": "agreement",
    "About the two of you": "about-the-two",
    "Another kind of help": "other-help",
    "A note about time at work": "note",
}
WAYS_ON = {
    "I am worried about somebody": "worried",
    "A matter of patient safety": "patient-safety",
    "Propose how you talk": "agreement",
}


def _before_and_after(camera: Camera, page: Page) -> None:
    with camera.person("coach") as coach:
        camera.take(coach, "coach", "today", "one-call")
        steps.follow(coach, "Open this call")
        camera.take(coach, "coach", "call", "before")
        _each(camera, coach, "coach", WAYS_ON)
        steps.follow(coach, "I cannot make it")
        camera.take(coach, "coach", "cancel")
        desk = Desk(page.context.new_page(), camera.address)
        desk.move_clock("To the next call")
        desk.expect_line("Ringing", on=COACH)
        camera.take(desk.page, "visitor", "desk", "ringing")
        desk.answer_and_press_1(on=COACH)
        page.reload()
        camera.take(page, "participant", "call", "now")
        desk.answer_and_press_1(on=PARTICIPANT)
        desk.expect_line("On the line with the other side", on=COACH)
        camera.take(desk.page, "visitor", "desk", "talking")
        desk.press("Hang up", on=COACH)
        desk.expect_line("Nothing is ringing", on=PARTICIPANT)
    page.reload()
    camera.take(page, "participant", "call", "held")
    steps.follow(page, "Answer them")
    camera.take(page, "participant", "rate", "empty")
    camera.take_at(page, "participant", "/calls/", "calls", "one-held")
    with camera.person("coach") as coach:
        camera.take(coach, "coach", "today", "to-close")
        coach.get_by_role("main").get_by_role("link", name=re.compile("Open|am,|pm,")).first.click()
        camera.take(coach, "coach", "after-call")


def staff(camera: Camera, site: running.Site) -> None:
    """The pages of everybody who works for the programme, but for the evaluator."""
    with camera.person("coach") as page:
        camera.take(page, "coach", "today", "no-call")
        camera.take_at(page, "coach", "/coach/about/", "card")
        camera.take_at(page, "coach", "/coach/record/", "record")
        for path, name in CRAFT:
            camera.take_at(page, "coach", path, name)
        camera.open(page, "/coach/community/demonstration/")
        page.get_by_label("What would you like to say").fill("Then Ada told me, on 3 November.")
        steps.press(page, "Send it to the other coaches")
        refused(camera, page, "coach", "among-coaches")
        camera.take_at(page, "coach", "/coach/hours/", "hours")
        page.get_by_label("to (Monday)", exact=True).first.fill("09:00")
        steps.press(page, "Save my hours")
        refused(camera, page, "coach", "hours")
        camera.take_at(page, "coach", "/coach/hours/today/", "cannot-work")
        for path, name in (
            ("", "second-factor"),
            ("totp/activate/", "set-up-app"),
            ("webauthn/add/", "add-passkey"),
        ):
            camera.take_at(page, "coach", f"/accounts/2fa/{path}", name)
    for person, name in (
        ("coach-lead", "coaches"),
        ("operator", "the-site"),
    ):
        with camera.person(person) as page:
            camera.take(page, person, name)
    with camera.person("coach-lead") as page:
        camera.take_at(page, "coach-lead", "/manage/coaches/coach/calls/", "coaches-calls")
    with camera.person("safeguarding") as page:
        camera.take(page, "safeguarding", "people-to-talk-to")
        camera.take_at(page, "safeguarding", "/safeguarding/new/riverside/", "somebody-to-talk-to", "empty")
        steps.press(page, "Keep it as a draft")
        refused(camera, page, "safeguarding", "somebody-to-talk-to")
    with camera.person("coach-lead") as page:
        for path, name in MAKING_COACHES:
            camera.take_at(page, "coach-lead", path, name)
    with camera.person("manager") as page:
        camera.take_at(page, "manager", "/manage/organisations/riverside/", "organisation")
        camera.take_at(page, "manager", "/manage/programmes/demonstration/backing/", "backing")
        camera.take_at(page, "manager", "/manage/programmes/demonstration/about-you/", "what-is-asked")
        camera.take_at(page, "manager", "/manage/programmes/demonstration/arms/", "groups-to-compare", "none")
        camera.take_at(page, "manager", "/manage/programmes/demonstration/calls/", "calls-of-a-programme")
    with camera.person("manager") as page:
        camera.take_at(page, "manager", "/manage/system/", "what-gets-in-the-way", "many")
        steps.press(page, "Add it")
        refused(camera, page, "manager", "what-gets-in-the-way")
        steps.follow(page, re.compile("Change.*Handover"))
        camera.take(page, "manager", "what-gets-in-the-way", "change")
        camera.open(page, "/manage/")
        camera.take(page, "manager", "groups", "many")
        steps.press(page, "Make the link")
        refused(camera, page, "manager", "groups")
        page.get_by_label("Group", exact=True).select_option("Steady Ground: Open cohort")
        page.get_by_label("One person").check()
        page.get_by_label("How do people get it?").fill("poster on ward 4")
        steps.press(page, "Make the link")
        camera.take(page, "manager", "groups", "done")


def editor(camera: Camera, site: running.Site) -> None:
    """Wagtail's admin as an editor meets it, and a page looked at."""
    with camera.person("editor", width=1280) as page:
        camera.take(page, "editor", "first-page")
        page.get_by_role("link", name="Being human at work").click()
        camera.take(page, "editor", "part")
        page.get_by_role("link", name="Good people, hard jobs", exact=True).click()
        page.get_by_role("button", name="Toggle preview").click()
        expect(page.frame_locator("iframe#w-preview-iframe").get_by_role("heading", level=1)).to_be_visible()
        camera.take(page, "editor", "piece", "with-preview")
        camera.take_at(page, "editor", "/programmes/demonstration/", "programme", "looking")


def evaluator(camera: Camera, site: running.Site) -> None:
    """The evaluation, its plan, and a report while it is built and when it is ready."""
    with camera.person("evaluator", width=1280) as page:
        camera.take(page, "evaluator", "evaluations")
        steps.follow(page, "Finished cohort (synthetic data)")
        camera.take(page, "evaluator", "evaluation", "no-report")
        camera.take_at(page, "evaluator", "/evaluations/demonstration/plan/", "plan")
        _plan(camera, page)
        camera.take_at(page, "evaluator", "/evaluations/demonstration/interviews/", "interviews", "empty")
        steps.press(page, "Draw")
        refused(camera, page, "evaluator", "interviews")
        camera.open(page, "/evaluations/demonstration/")
        steps.press(page, "Build a report")
        expect(page.get_by_role("progressbar")).to_be_visible()
        camera.take(page, "evaluator", "report", "building")
        expect(page.get_by_role("link", name="Open the report (PDF)")).to_be_visible(timeout=120_000)
        camera.take(page, "evaluator", "report", "ready")
        camera.take_at(page, "evaluator", "/evaluations/demonstration/", "evaluation", "one-report")
        _calls_and_releases(camera, page)
        _take_out(camera, page)
        _bring_in(camera, page)


def _take_out(camera: Camera, page: Page) -> None:
    """Rows of data: asked for, written, handed out; and a token, refused without a name, then made."""
    camera.take_at(page, "evaluator", "/evaluations/demonstration/exports/", "exports", "empty")
    steps.press(page, "Make an export")
    expect(page.get_by_role("link", name="wide.csv")).to_be_visible(timeout=120_000)
    camera.take(page, "evaluator", "export", "done")
    camera.take_at(page, "evaluator", "/evaluations/demonstration/exports/", "exports", "one")
    camera.take_at(page, "evaluator", "/evaluations/demonstration/programs/", "programs", "empty")
    steps.press(page, "Make a token")
    refused(camera, page, "evaluator", "programs")
    page.get_by_label("What is it for?").fill("Monthly figures")
    page.get_by_label("Last day").fill((datetime.now(UTC) + timedelta(days=200)).date().isoformat())
    steps.press(page, "Make a token")
    camera.take(page, "evaluator", "programs", "made")
    camera.take_at(page, "evaluator", "/api/docs", "how-a-program-reads")


def _plan(camera: Camera, page: Page) -> None:
    """A new evaluation and its plan, the pages of a frozen one, and what became of units."""
    camera.take_at(page, "evaluator", "/evaluations/demonstration/plan/new-version/", "plan-new-version")
    camera.take_at(page, "evaluator", "/evaluations/demonstration/plan/deviation/", "deviation", "empty")
    camera.take_at(page, "evaluator", "/evaluations/demonstration/plan/approached/", "approached")
    camera.take_at(page, "evaluator", "/evaluations/demonstration/plan/complaints/", "complaints")
    camera.take_at(page, "evaluator", "/evaluations/demonstration/system/", "units", "many")
    steps.press(page, "Keep it")
    refused(camera, page, "evaluator", "units")
    camera.take_at(page, "evaluator", "/evaluations/demonstration/system/file/", "units-file", "empty")
    camera.take_at(page, "evaluator", "/evaluations/new/", "new-evaluation", "empty")
    page.get_by_role("radio").first.check()
    page.get_by_label("What is it called?").fill("Spring")
    page.get_by_label("Short name").fill("spring")
    steps.press(page, "Open it")
    camera.take(page, "evaluator", "plan", "draft")
    page.get_by_label("Research: it has an approval").check()
    steps.press(page, "Freeze the plan")
    refused(camera, page, "evaluator", "plan")
    page.get_by_label("Service evaluation").check()
    page.get_by_label("Why are there no outcomes of units?").fill("Nothing of units is counted.")
    steps.press(page, "Freeze the plan")
    camera.take(page, "evaluator", "plan", "before-it-is-frozen")


def _bring_in(camera: Camera, page: Page) -> None:
    """A dataset pack: chosen, refused without a file, checked with rows to put right, taken in."""
    camera.take_at(page, "evaluator", "/evaluations/import/", "data-from-elsewhere", "empty")
    steps.press(page, "Upload and check")
    refused(camera, page, "evaluator", "data-from-elsewhere")
    page.get_by_label("Short name").fill("elsewhere")
    with tempfile.TemporaryDirectory() as folder:
        page.get_by_label("The pack, as one ZIP file").set_input_files(packs.zipped(Path(folder), bad_rows=3))
        steps.press(page, "Upload and check")
    expect(page.get_by_text("What was found")).to_be_visible(timeout=120_000)
    camera.take(page, "evaluator", "data-from-elsewhere", "checked")
    page.get_by_label("Leave out the rows").check()
    steps.press(page, "Take the data in")
    expect(page.get_by_role("link", name="Open the evaluation")).to_be_visible(timeout=120_000)
    camera.take(page, "evaluator", "data-from-elsewhere", "done")


ROUNDS: dict[str, Callable[[Camera, running.Site], None]] = {
    each.__name__: each
    for each in (visitor, newcomer, participant, staff, editor, evaluator, meetings, calls)
}


def main(wanted: list[str]) -> int:
    """Take them; return 0."""
    if not wanted:
        shutil.rmtree(FOLDER, ignore_errors=True)
    with sync_playwright() as play, running.started() as site:
        browser = play.chromium.launch(executable_path=chromium.executable(), args=chromium.FLAGS)
        camera = Camera(browser, FOLDER, site.address)
        for name in wanted or ROUNDS:
            ROUNDS[name](camera, site)
            sys.stdout.write(f"{name}: {camera.taken} pictures so far\n")
        browser.close()
    sys.stdout.write(f"{camera.taken} pictures in {FOLDER}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
