import pytest

from resilience.evaluation.models import Evaluation
from tests.factories.participants import ProgrammeFactory


@pytest.fixture
def evaluation(db) -> Evaluation:
    """The evaluation of Ada's programme; a draw needs no plan."""
    return Evaluation.objects.create(programme=ProgrammeFactory(), slug="steady", name="Steady, autumn")
