import pytest

from resilience.telephony import checks


@pytest.fixture(autouse=True)
def _plain(settings):
    settings.DEMONSTRATION = False
    settings.TESTING = False
    settings.TWILIO_API_URL = ""
    settings.TWILIO_REGION = settings.TWILIO_EDGE = ""


def ids(messages) -> list[str]:
    return [message.id for message in messages]


def test_production_may_not_speak_to_the_simulator(settings):
    settings.TWILIO_API_URL = "http://127.0.0.1:8001"

    assert ids(checks.simulator_is_for_demonstrations()) == ["telephony.E001"]


@pytest.mark.parametrize("setting", ["DEMONSTRATION", "TESTING"])
def test_demonstration_and_tests_may(settings, setting):
    settings.TWILIO_API_URL = "http://127.0.0.1:8001"
    setattr(settings, setting, True)

    assert checks.simulator_is_for_demonstrations() == []


def test_the_simulator_stands_on_this_machine(settings):
    settings.DEMONSTRATION = True
    settings.TWILIO_API_URL = "http://example.org:8001"

    assert ids(checks.simulator_is_for_demonstrations()) == ["telephony.E002"]


def test_production_without_a_simulator_is_well():
    assert checks.simulator_is_for_demonstrations() == []


@pytest.mark.parametrize(
    ("region", "edge", "found"),
    [
        ("", "", []),
        ("ie1", "dublin", []),
        ("ie1", "", ["telephony.E003"]),
        ("", "dublin", ["telephony.E003"]),
    ],
)
def test_region_and_edge_are_given_together(settings, region, edge, found):
    settings.TWILIO_REGION, settings.TWILIO_EDGE = region, edge

    assert ids(checks.region_and_edge_go_together()) == found
