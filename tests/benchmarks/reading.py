"""P1: a signed-in participant reads the longest page of the programme."""

from django.core.management import call_command

from resilience import clock
from tests.benchmarks import figures, people, serving


def prepare() -> None:
    """Make the database with the demonstration's programme in it, and collect the static files."""
    from resilience.demo import load

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    load.load(now=clock.now())


def longest_page(browser: serving.Browser, who: people.SignedIn) -> str:
    """Return the address of the activity whose page weighs most."""
    from content_pages.models import ActivityPage

    paths = [page.get_url().replace(f"https://{people.HOST}", "") for page in ActivityPage.objects.live()]
    paths = [path[path.index("/programmes/") :] for path in paths]
    return max(paths, key=lambda path: browser.send("GET", path, who).size)


def measure(*, sizes: tuple[int, ...], rounds: int, each: int) -> tuple[list[figures.Figure], list[str]]:
    """Return a figure for each number of participants, and what they say together."""
    reader, found, before = people.reader(), [], 0
    for size in sizes:
        people.crowd(first=before + 1, last=size)
        before = size
        with serving.server() as browser:
            found.append(_at(browser, reader, size, rounds=rounds, each=each))
    slope = figures.exponent([(one.size["participants"], 1 / one.ratio) for one in found])
    most = max(one.size["queries"] for one in found)
    return found, [
        f"P1: cost of the page over the yardstick grows with participants at exponent {slope:.3f} (goal: 0.03).",
        f"P1: {most} queries at most (goal: 6).",
    ]


def _at(
    browser: serving.Browser, who: people.SignedIn, size: int, *, rounds: int, each: int
) -> figures.Figure:
    path = longest_page(browser, who)
    answer = browser.send("GET", path, who)
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return figures.interleaved(
        "P1",
        ours=lambda: browser.send("GET", path, who).seconds,
        bare=lambda: browser.send("GET", "/bench/read/", who).seconds,
        rounds=rounds,
        each=each,
        size={"participants": size, "bytes": answer.size, "queries": answer.queries, "page": path},
    )
