"""The pages between a stranger and their own: joining step by step, a fresh code, a second factor of either kind."""

import base64
import hmac
import re
import struct
import time

from playwright.sync_api import Page, expect

from tests.browser import looking, steps


def test_somebody_joins_and_chooses_another_time_by_pages_that_everybody_can_use(device, site):
    page, found = device(), []
    page.goto(f"{site.address}/join/")
    steps.press(page, "Go on to join")
    page.get_by_label("Your private e-mail address").fill("joan@example.net")
    steps.press(page, "Send me a code")
    steps.see(page, "Type your code")
    found += looking.at(page)
    page.get_by_label("The code").fill(steps.code_for(site, "joan@example.net", after=0))
    steps.press(page, "Go on")
    steps.say_whose_device(page, "A shared computer")
    steps.see(page, "What you agree to")
    steps.press(page, "Join")
    found += looking.at(page)
    steps.agree_to(page, "I take part")
    for heading in ("About you", "Is this a good time?"):
        steps.see(page, heading)
        found += looking.at(page)
        steps.press(page, "Go on")
    page.get_by_label("Not now", exact=True).check()
    steps.press(page, "Go on")
    expect(page.get_by_role("radio")).to_have_count(0)

    assert found + looking.at(page) == []


def test_a_member_comes_back_by_code_and_private_words_ask_for_a_fresh_one(device, site):
    page, mine = device(), "participant-24@example.org"
    page.goto(f"{site.address}/accounts/login/")
    page.get_by_label("Your e-mail address").fill(mine)
    steps.press(page, "Send me a code")
    steps.see(page, "Type your code")
    found = looking.at(page)
    before = len([mail for mail in site.mails() if mail["to"] == mine])
    page.get_by_label("The code").fill(steps.code_for(site, mine, after=before - 1))
    steps.press(page, "Sign in")
    steps.say_whose_device(page, "My own phone")
    page.goto(f"{site.address}/sign-in/again/")
    steps.press(page, "Send me a code")
    expect(page.get_by_label("The code")).to_be_visible()

    assert found + looking.at(page) == []


def test_an_app_is_set_up_as_second_factor_and_asked_for(device, site):
    page = device(width=1280)
    page.goto(f"{site.address}/demo/sign-in/coach-lead/")
    _foot(page, "Signing in safely")
    steps.follow(page, "Set up an app")
    secret = page.get_by_label("Or type this key into it").input_value()
    page.get_by_label("Code from your app").fill(one_time_code(secret))
    steps.press(page, "Set it up")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Set up an app")
    found = looking.at(page)
    for path in ("recovery-codes/", "totp/deactivate/", "reauthenticate/", ""):
        page.goto(f"{site.address}/accounts/2fa/{path}")
        found += looking.at(page)

    other = device()
    other.goto(f"{site.address}/accounts/login/")
    steps.give_address_and_code(
        other, site, "coach-lead@example.org", address_label="Your e-mail address", then="Sign in"
    )
    expect(other).to_have_url(re.compile("/accounts/2fa/authenticate/"))
    assert found + looking.at(other) == []


def test_a_passkey_is_added_named_and_removed(device, site):
    page = device(width=1280)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY})
    page.goto(f"{site.address}/demo/sign-in/safeguarding/")
    _foot(page, "Signing in safely")
    steps.follow(page, "Add a passkey")
    page.get_by_label("A name for it").fill("My phone")
    steps.press(page, "Add a passkey")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Add a passkey")
    page.goto(f"{site.address}/accounts/2fa/webauthn/")
    expect(page.get_by_role("link", name="Rename My phone")).to_be_visible()
    links = page.get_by_role("main").get_by_role("link").evaluate_all("all => all.map(each => each.href)")

    found = looking.at(page)
    for address in [*links, f"{site.address}/accounts/2fa/reauthenticate/webauthn/"]:
        page.goto(address)
        found += looking.at(page)
    assert any("/edit/" in link for link in links)
    assert any("/remove/" in link for link in links)
    assert found == []


PASSKEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def _foot(page: Page, name: str) -> None:
    """Follow a link at the foot of the page."""
    page.get_by_role("contentinfo").get_by_role("link", name=name).click()


def one_time_code(secret: str) -> str:
    """Return what an app shows now for a key (RFC 6238: SHA-1, six digits, half a minute)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
