"""A sound that a browser plays, with the same in words below it."""

from playwright.sync_api import expect

from tests.browser import looking

STEADY = "/programmes/demonstration/being-human-at-work/steady-first/"
LENGTH = """sound => new Promise((done, fail) => {
  sound.onloadedmetadata = () => done(sound.duration);
  sound.onerror = () => fail(sound.error.message);
  sound.load();
  sound.preload = 'metadata';
})"""


def test_the_breathing_sound_lasts_six_breaths_and_is_not_fetched_before(device, site):
    page = device()
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{site.address}/demo/sign-in/participant-39/")
    page.goto(site.address + STEADY)
    page.wait_for_load_state("networkidle")
    assert not [each for each in fetched if each.endswith(".wav")]

    length = page.locator("audio").evaluate(LENGTH)

    assert round(length) == 60
    expect(page.get_by_text("A soft tone rises for four seconds: breathe in.")).to_be_visible()
    assert looking.at(page) == []
