import copy
from dataclasses import replace

import pytest
from django.utils import translation

from resilience.evaluation import disclosure, figures
from resilience.evaluation.reports import charts, document, tables
from resilience.evaluation.reports.words import Words
from tests.resilience.evaluation.reports import elsewhere, hand_made


class Made:
    """Everything that is made of one release, short of the PDF."""

    def __init__(self, release: disclosure.Release, words: Words) -> None:
        self.release, self.words = release, words
        with translation.override(release.figures["language"]):
            self.tables = tables.make(release, words)
            self.charts = charts.make(release, words)
        composed = document.compose(
            release, words, made=self.tables, drawn=self.charts, site="https://x.example.org"
        )
        self.html, self.printed_tables = composed.html, composed.tables


def of(snapshot) -> Made:
    return Made(disclosure.release(figures.compose(snapshot, version="1")), Words.of(snapshot))


@pytest.fixture(scope="session")
def made(snapshot) -> Made:
    """The report of the finished synthetic cohort."""
    return of(snapshot)


@pytest.fixture(scope="session")
def made_of_nothing(empty_snapshot) -> Made:
    """The report of a cohort that nobody has joined."""
    return of(empty_snapshot)


@pytest.fixture(scope="session")
def made_by_hand(made) -> Made:
    """The same with figures of every other kind, typed in by hand."""
    typed = hand_made.fill(copy.deepcopy(made.release.figures))
    return Made(disclosure.Release(typed), made.words)


@pytest.fixture(scope="session")
def _packs(loaded_once, tmp_path_factory) -> dict[str, Made]:
    """Reports of packs, taken into the database, frozen and read back."""
    found: dict[str, Made] = {}
    makers = {"two-arms": elsewhere.two_arms, "without-calls": elsewhere.without_calls}

    def load() -> None:
        for name, take_in in makers.items():
            found[name] = of(take_in(tmp_path_factory.mktemp("packs") / name))

    with loaded_once(load):
        pass
    return found


@pytest.fixture(scope="session")
def made_of_two_arms(_packs) -> Made:
    """The report of a pack with two arms of which nobody knows how people came into them."""
    return _packs["two-arms"]


@pytest.fixture(scope="session")
def made_without_calls(_packs) -> Made:
    """The report of a pack that tells of no call."""
    return _packs["without-calls"]


@pytest.fixture(scope="session")
def made_in_french(snapshot) -> Made:
    """The report of the same cohort for a programme that speaks French."""
    return of(replace(snapshot, language="fr"))
