"""P2: somebody submits thirty answers; each is counted afterwards."""

from collections.abc import Iterator
from urllib.parse import urlencode

from resilience.measures.models import Response, Score
from tests.benchmarks import figures, people, serving

PATH = "/my/measures/bench/bench30/"
BODY = urlencode({f"bench30-{number}": "3" for number in range(1, 31)})


class Lost(Exception):
    """An answer that was taken is not stored, or is stored twice."""


def measure(*, rounds: int, each: int) -> tuple[list[figures.Figure], list[str]]:
    """Return the figure, and the count of what was sent and stored."""
    waiting = iter(people.answerers(rounds * each + 5))
    with serving.server() as browser:
        queries = [_submit(browser, waiting).queries for _ in range(5)][-1]
        figure = figures.interleaved(
            "P2",
            ours=lambda: _submit(browser, waiting).seconds,
            bare=lambda: browser.send("POST", "/bench/insert/", _last["who"], "x=1").seconds,
            rounds=rounds,
            each=each,
            size={"items": 30, "scales": 5, "queries": queries},
        )
    sent = rounds * each + 5
    _count(sent)
    return [figure], [
        f"P2: {sent:,} pages of thirty answers sent, {sent:,} stored, {sent * 5:,} scores, none twice.",
        f"P2: {queries} queries (goal: 10).",
    ]


_last: dict[str, people.SignedIn] = {}


def _submit(browser: serving.Browser, waiting: Iterator[people.SignedIn]) -> serving.Answer:
    _last["who"] = next(waiting)
    answer = browser.send("POST", PATH, _last["who"], BODY)
    if answer.status != 302 or "accounts/login" in answer.location:
        raise RuntimeError(f"{PATH} answered {answer.status} {answer.location}")
    return answer


def _count(sent: int) -> None:
    stored = Response.objects.filter(instrument="bench30")
    scored = Score.objects.filter(response__instrument="bench30", value=3.0)
    people_stored = stored.values("respondent").distinct().count()
    if (stored.count(), people_stored, scored.count()) != (sent, sent, sent * 5):
        raise Lost(f"{sent} sent, {stored.count()} stored, {scored.count()} scores")
