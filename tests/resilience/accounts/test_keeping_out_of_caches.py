"""What a cache, a shared computer or a phone may keep of a page."""

import pytest


@pytest.mark.parametrize(
    "address", ["/my/", "/my/data/", "/my/consent/", "/my/measures/", "/calls/", "/my/plan/"]
)
def test_no_cache_keeps_a_page_of_somebody(as_participant, address):
    assert "no-store" in as_participant.get(address)["Cache-Control"]


def test_a_page_for_everyone_may_be_kept(client, db):
    assert "no-store" not in client.get("/help-now/")["Cache-Control"]
