import pytest

from content_pages.models import ActivityPage, ProgrammePage
from tests.factories.content_pages import steady_ground


@pytest.fixture
def steady(db) -> ProgrammePage:
    """The pages of Ada's programme."""
    return steady_ground()


@pytest.fixture
def writing(steady) -> ActivityPage:
    """The page with the exercise."""
    return ActivityPage.objects.get(slug="what-i-would-want-to-hear")


@pytest.fixture
def typed() -> dict:
    """What a browser posts when every box of the exercise is filled in."""
    return {
        "open": "want_to_hear",
        "want_to_hear-seen": "",
        "want_to_hear-needed": "A drink, and a second pair of eyes.",
        "want_to_hear-sentence": "You saw it and you said so.",
        "want_to_hear-belief": "6",
        "want_to_hear-who": "a colleague",
        "want_to_hear-words": ["care", "humour"],
        "do": "save:want_to_hear",
    }
