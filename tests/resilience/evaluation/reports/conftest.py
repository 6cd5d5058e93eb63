import pytest
from django.utils import translation

from resilience.evaluation import disclosure, figures
from resilience.evaluation.reports import charts, document, tables
from resilience.evaluation.reports.words import Words


class Made:
    """Everything that is made of one snapshot, short of the PDF."""

    def __init__(self, snapshot) -> None:
        self.release = disclosure.release(figures.compose(snapshot, version="1"))
        self.words = Words.of(snapshot)
        with translation.override("en-gb"):
            self.tables = tables.make(self.release, self.words)
            self.charts = charts.make(self.release, self.words)
        composed = document.compose(
            self.release, self.words, made=self.tables, drawn=self.charts, site="https://x.example.org"
        )
        self.html, self.printed_tables = composed.html, composed.tables


@pytest.fixture(scope="session")
def made(snapshot) -> Made:
    """The report of the finished synthetic cohort."""
    return Made(snapshot)


@pytest.fixture(scope="session")
def made_of_nothing(empty_snapshot) -> Made:
    """The report of a cohort that nobody has joined."""
    return Made(empty_snapshot)
