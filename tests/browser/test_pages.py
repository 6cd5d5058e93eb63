"""Every page that the policy opens to somebody, looked at by each kind of person, narrow and wide."""

import pytest
from playwright.sync_api import expect

from tests.browser import looking, packs, rounds, steps

LOOKED_AT_ELSEWHERE = {
    "content_pages:kept-module": "test_offline.py: it is shown without a line",
    "content_pages:kept-activity": "test_offline.py: it is shown without a line",
    "coaching:rate": "test_the_whole_line.py: it needs a call that was held",
    "measures:after": "test_the_whole_line.py: it comes after the answers",
    "questions:arm": "below: it needs a group",
    "questions:arms-table": "below: it needs groups that come from elsewhere",
    "evaluation:import": "below: it needs a pack that was uploaded",
    "instruments:expert": "test_own_instrument.py: it needs a link made for an expert",
    "instruments:own": "test_own_instrument.py: it needs questions of the site's own",
    "instruments:revise": "test_own_instrument.py: it needs questions of the site's own",
    "instruments:table": "test_own_instrument.py: one instrument has a table",
    "measures:of-programme": "the page of measures:instrument, for somebody in two programmes",
    "evaluation:run": "below: it needs a report that was asked for",
    "evaluation:release": "below: it needs a release that was made",
    "evaluation:export": "below: it needs an export that was asked for",
    "evaluation:plan_earlier": "below: it needs a plan that was replaced",
    "evaluation:plan_freeze": "below: it needs a plan that is being written",
    "short:call": "leads to a call",
    "coach:communities": "leads to coach:community, for somebody in one programme",
    "journeys:code": "test_signing_in.py: it needs a code on its way",
    "journeys:about-you": "test_signing_in.py: it comes once",
    "journeys:further": "below: it needs a programme that says why it asks more",
    "journeys:agree-again": "below: it needs newer words",
    "journeys:later": "test_signing_in.py: it comes to those who choose it",
    "journeys:invited": "below: it needs an invitation",
    "journeys:stopped": "below: it needs somebody who stopped",
    "accounts:again-code": "test_signing_in.py: it needs a code on its way",
    "account_confirm_login_code": "test_signing_in.py: it needs a code on its way",
    "account_reauthenticate": "leads to mfa_reauthenticate",
    "mfa_authenticate": "test_signing_in.py: it needs a second factor",
    "mfa_reauthenticate": "test_signing_in.py: it needs a second factor",
    "mfa_reauthenticate_webauthn": "test_signing_in.py: it needs a passkey",
    "mfa_view_recovery_codes": "test_signing_in.py: it needs a second factor",
    "mfa_deactivate_totp": "test_signing_in.py: it needs a second factor",
    "mfa_edit_webauthn": "test_signing_in.py: it needs a passkey",
    "mfa_remove_webauthn": "test_signing_in.py: it needs a passkey",
}
NOT_PAGES = {
    "coach:profile-pdf": "a file",
    "coach:manual-pdf": "a file",
    "journeys:after-sign-in": "leads on",
    "accounts:page-sign-in": "leads on",
    "cms_entrance:sign-in": "leads on",
    "cms_entrance:reset": "leads on",
    "cms_entrance:reset-step": "leads on",
    "coaching:calendar": "a file",
    "coaching:card": "a file",
    "content_pages:meeting-calendar": "a file",
    "evaluation:file": "files",
    "evaluation:import_problems": "a file",
    "evaluation:sample_pack": "a file",
    "evaluation:export_file": "files",
    "evaluation:release_file": "a file",
    "evaluation:system_csv": "a file",
    "content_pages:picture": "a file",
    "content_pages:sound": "a file",
    "content_pages:worker": "a script",
    "content_pages:manifest": "a file",
    "content_pages:line": "data for a script",
    "content_pages:plan-pdf": "a file",
    "content_pages:pack": "a file",
    "content_pages:papers-pdf": "a file",
    "content_pages:recruitment-pdf": "a file",
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "data for a script",
}


@pytest.fixture(scope="module")
def all_rounds(site, browser, browser_context_args) -> dict[str, rounds.Round]:
    """Everybody's round, gone once for all the tests of this file."""
    found = {}
    for person in rounds.PEOPLE:
        context = browser.new_context(**browser_context_args)
        start = site.address if person.name == "visitor" else f"{site.address}/demo/sign-in/{person.name}/"
        found[person.name] = rounds.go(context.new_page(), person, start)
        context.close()
    return found


@pytest.mark.parametrize("name", [person.name for person in rounds.PEOPLE])
def test_every_page_can_be_used_by_everybody_it_is_for(all_rounds, name):
    met = all_rounds[name]

    assert met.seen
    assert met.faults == []


def test_no_page_was_left_out(all_rounds):
    met = set().union(*(each.names for each in all_rounds.values()))

    left = set(rounds.pages()) - met - set(LOOKED_AT_ELSEWHERE) - set(NOT_PAGES)
    assert left == set()


def test_what_is_looked_for_is_found_where_it_is_planted(device, site):
    page = device()
    page.goto(f"{site.address}/sample/")
    assert looking.at(page) == []

    page.evaluate(PLANT)

    found = "\n".join(looking.at(page))
    for fault in (
        "image-alt",
        "color-contrast",
        "2 main headings",
        "scrolls sideways",
        "no way to Help now",
        "a time",
    ):
        assert fault in found, fault
    page.evaluate(
        "document.querySelectorAll('a, button').forEach(each => each.setAttribute('tabindex', '-1'))"
    )
    assert looking.keyboard_faults(page) == ["the Tab key does not reach the main action"]


PLANT = """() => {
  const main = document.querySelector('main'), wide = document.createElement('p');
  main.append(document.createElement('img'), document.createElement('h1'), document.createElement('time'), wide);
  main.querySelector('h1:last-of-type').textContent = 'Another';
  wide.textContent = 'Wide', wide.style.minWidth = '2000px';
  main.querySelector('p').style.color = '#ccc';
  document.querySelectorAll("a[href='/help-now/']").forEach(link => link.remove());
}"""


def test_a_report_can_be_asked_for_and_every_page_of_it_used(device, site):
    page = device(width=1280)
    page.goto(site.links["evaluator"])
    steps.follow(page, "Finished cohort (synthetic data)")
    steps.press(page, "Build a report")
    steps.see(page, "Report")
    found = looking.at(page)
    expect(page.get_by_role("link", name="Open the report (PDF)")).to_be_visible(timeout=90_000)

    assert found + looking.at(page) == []
    assert rounds.named(page.url.removeprefix(site.address)) == "evaluation:run"

    page.goto(f"{site.address}/evaluations/demonstration/releases/")
    steps.press(page, "Make a release")
    assert looking.at(page) == []
    assert rounds.named(page.url.removeprefix(site.address)) == "evaluation:release"


def test_rows_of_data_are_taken_out_on_pages_that_everybody_can_use(device, site):
    page = device(width=360)
    page.goto(site.links["evaluator"])
    page.goto(f"{site.address}/evaluations/demonstration/exports/")
    steps.press(page, "Make an export")
    expect(page.get_by_role("link", name="wide.csv")).to_be_visible(timeout=120_000)

    assert looking.at(page) == []
    assert rounds.named(page.url.removeprefix(site.address)) == "evaluation:export"


def test_a_plan_is_written_frozen_and_replaced_on_pages_that_everybody_can_use(device, site):
    page = device(width=360)
    page.goto(site.links["evaluator"])
    steps.follow(page, "Open a new evaluation")
    page.get_by_role("radio").first.check()
    page.get_by_label("What is it called?").fill("Planned on a telephone")
    page.get_by_label("Short name").fill("planned")
    steps.press(page, "Open it")
    found = looking.at(page)
    page.get_by_label("Research: it has an approval").check()
    steps.press(page, "Freeze the plan")
    expect(page.get_by_role("alert")).to_contain_text("Research needs an approval")
    found += looking.at(page)
    page.get_by_label("Service evaluation").check()
    page.get_by_label("Why are there no outcomes of units?").fill("Nothing of units is counted.")
    steps.press(page, "Freeze the plan")
    found += looking.at(page)
    steps.press(page, "Yes, freeze it")
    steps.follow(page, "Write a new version")
    page.get_by_label("How many calls make somebody coached?").fill("2")
    steps.press(page, "Freeze the new version")
    page.get_by_label("Why does the plan change?").fill("Two calls are the rule.")
    steps.press(page, "Yes, freeze it")
    found += looking.at(page)
    steps.follow(page, "Version 1")

    assert found + looking.at(page) == []
    assert rounds.named(page.url.removeprefix(site.address)) == "evaluation:plan_earlier"


def test_a_pack_can_be_uploaded_looked_at_and_taken_in_on_pages_that_everybody_can_use(
    device, site, tmp_path
):
    page = device(width=1280)
    page.goto(site.links["evaluator"])
    steps.follow(page, "Bring in data from elsewhere")
    found = looking.at(page)
    page.get_by_label("Short name").fill("elsewhere")
    page.get_by_label("The pack, as one ZIP file").set_input_files(packs.zipped(tmp_path, bad_rows=1))
    steps.press(page, "Upload and check")
    expect(page.get_by_text("What was found")).to_be_visible(timeout=90_000)
    found += looking.at(page)
    page.get_by_label("Leave out the rows").check()
    steps.press(page, "Take the data in")
    expect(page.get_by_role("link", name="Open the evaluation")).to_be_visible(timeout=90_000)

    assert found + looking.at(page) == []
    assert rounds.named(page.url.removeprefix(site.address)) == "evaluation:import"


def test_groups_are_set_up_on_pages_that_everybody_can_use(device, site):
    page, arms = device(width=1280), f"{site.address}/manage/programmes/demonstration-finished/arms/"
    page.goto(site.links["manager"])
    page.goto(arms)
    steps.follow(page, "Add a group")
    page.get_by_label("Name that people see").fill("Group A")
    page.get_by_label("Short name in the data").fill("group-a")
    page.get_by_label("waiting list: the parts open later").check()
    steps.press(page, "Keep this group")
    found = looking.at(page)
    page.get_by_label("after how many weeks").fill("12")
    steps.press(page, "Keep this group")
    steps.see(page, "Groups to compare")
    found += looking.at(page)
    steps.follow(page, "Change Group A")
    found += looking.at(page)
    assert rounds.named(page.url.removeprefix(site.address)) == "questions:arm"
    steps.press(page, "Take this group out")
    page.goto(f"{arms}table/")

    assert found + looking.at(page) == []


def test_the_desk_of_the_demonstration_can_be_used_by_everybody(device, site):
    page = device()
    page.goto(f"{site.address}/demo/")

    assert looking.at(page) == []


def test_an_invitation_leads_to_the_information_and_a_wrong_one_says_what_to_do(device, site):
    manager, guest = device(width=1280), device()
    manager.goto(site.links["manager"])
    manager.get_by_label("Group", exact=True).select_option("Steady Ground: Open cohort")
    manager.get_by_label("One person").check()
    manager.get_by_label("How do people get it?").fill("poster on ward 4")
    steps.press(manager, "Make the link")

    guest.goto(manager.get_by_text("/join/").first.inner_text().split()[-1])
    steps.see(guest, "Before you join")
    found = looking.at(guest)
    guest.goto(f"{site.address}/join/not-an-invitation/")
    steps.see(guest, "We do not know this invitation")
    assert found + looking.at(guest) == []


def test_there_is_something_to_stop(site):
    assert len(site.processes()) >= 6
    assert site.printed[0].startswith("Ready: ")
    assert set(site.links) >= {"participant", "coach", "evaluator", "editor", "manager", "operator"}


def test_stopping_is_confirmed_on_a_page_that_everybody_can_use(device, site):
    page = device()
    page.goto(f"{site.address}/demo/sign-in/participant-23/")
    steps.menu(page, "My data")
    page.get_by_label("Stop writing to me").check()
    steps.press(page, "Stop taking part")
    steps.see(page, "You have stopped")

    assert rounds.named(page.url.removeprefix(site.address)) == "journeys:stopped"
    assert looking.at(page) == []


def test_newer_words_and_further_questions_come_on_pages_that_everybody_can_use(device, fresh_site):
    manager, person = device(width=1280), device()
    manager.goto(fresh_site.links["manager"])
    manager.goto(f"{fresh_site.address}/manage/programmes/demonstration/about-you/")
    manager.get_by_label("Age, in bands of ten years").fill("Earlier studies missed people over fifty.")
    steps.press(manager, "Keep this")
    manager.goto(f"{fresh_site.address}/manage/programmes/demonstration/information/")
    text = manager.get_by_label("Information for people who think about joining")
    text.fill(text.input_value() + "\n\nOne more sentence.")
    steps.press(manager, "Publish it")

    person.goto(f"{fresh_site.address}/demo/sign-in/participant-9/")
    steps.see(person, "The information has changed")
    found = looking.at(person)
    steps.follow(person, "Not today")
    steps.menu(person, "My data")
    steps.follow(person, "See and change the further questions about me")
    steps.see(person, "A little more about you")

    assert found + looking.at(person) == []
