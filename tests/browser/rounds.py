"""A round of the site for each of the people in it: from where they start, along every link that the policy opens.

What can be asked for by its name alone comes from the policy registry; what needs a particular record (one call, one
piece of one part) is found by following the links that the person sees.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from resilience.accounts import addresses, policy
from resilience.accounts.management.commands.list_policy import spoken
from tests.browser import looking

MACHINES = {
    "ops:healthz",
    "ops:readyz",
    "ops:metrics",
    "ops:robots",
    "ops:favicon",
    "coach:feed",
    "api:api-root",
    "api:openapi-json",
}
OTHERS = (
    "wagtail",
    "simple_translation",
    "django.",
    "demo:",
)  # the editor's own admin, and the desk, which is looked at by its own test
EVERYBODYS = 4  # a page for so many roles is looked at by those who look at everything
LINKS = """() => [...document.querySelectorAll('a[href]')].map(link => link.href)
  .filter(address => new URL(address).origin === location.origin)"""


@dataclass(frozen=True)
class Person:
    """Somebody of the demonstration: the sign-in, the role, whether they look at everything, and where else they go."""

    name: str
    role: str
    everything: bool = False
    also: tuple[str, ...] = ()


PEOPLE = (
    Person("visitor", policy.EVERYONE, everything=True),
    Person("participant", "participant"),
    Person("participant-3", "participant"),
    Person("participant-9", "participant", everything=True, also=("/accounts/logout/",)),
    Person("participant-10", "participant"),
    Person("participant-20", "participant"),
    Person("coach", "coach", everything=True),
    Person("coach-2", "coach"),
    Person(
        "coach-lead", "coach-lead", also=("/manage/coaches/coach/calls/", "/manage/coaches/coach-2/calls/")
    ),
    Person("evaluator", "evaluator"),
    Person("manager", "manager", also=("/manage/programmes/demonstration/information/",)),
    Person("safeguarding", "safeguarding"),
    Person("operator", "operator"),
    Person("editor", "editor", also=("/programmes/demonstration/",)),
)


@dataclass
class Round:
    """What one person met: the names of the addresses, and what was wrong there."""

    person: Person
    seen: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """Return the names of the addresses that were looked at."""
        return set(self.seen.values())


@cache
def pages() -> dict[str, tuple[str, set[str]]]:
    """Return each page of ours that somebody may ask for: its name, its path, and who may."""
    found: dict[str, tuple[str, set[str]]] = {}
    for address, row in addresses.allowed():
        if row.method == "GET" and _is_page(address.name, row):
            found[address.name] = address.path, set(spoken(row.who).split())
    return found


def _is_page(name: str, row: policy.Row) -> bool:
    return not (row.who & {policy.CARRIER, policy.PROGRAM} or name in MACHINES or name.startswith(OTHERS))


def go(page: Page, person: Person, start: str) -> Round:
    """Look at every page that a person comes to from `start`, and at those that need no record, until none is left."""
    page.goto(start)
    base = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    met, often, linked = Round(person), Counter(), set()
    waiting = [urlsplit(page.url).path, *person.also, *_askable(person)]
    for path in _each_once(waiting):
        if not _goes_there(person, path, often):
            continue
        answer = page.goto(base + path)
        arrived = urlsplit(page.url).path
        if arrived in met.seen or not _goes_there(person, arrived, often):
            continue
        if answer.status != 200:
            if path in linked:
                met.faults.append(f"{arrived}: a link leads here, and it answered {answer.status}")
            continue
        met.seen[arrived] = named(arrived)
        often[met.seen[arrived]] += 1
        met.faults += [f"{arrived}: {fault}" for fault in looking.at(page)]
        links = [urlsplit(link).path for link in page.evaluate(LINKS)]
        linked.update(links)
        waiting += links
    return met


def _each_once(waiting: list[str]) -> Iterator[str]:
    done = set()
    while waiting:
        path = urlsplit(waiting.pop(0)).path
        if path not in done and "." not in path.rsplit("/", 1)[-1]:
            done.add(path)
            yield path


def _askable(person: Person) -> Iterable[str]:
    return [path for path, who in pages().values() if "<" not in path and person.role in who]


def _goes_there(person: Person, address: str, often: Counter) -> bool:
    name = named(address)
    if address in person.also:
        return True
    if name == "wagtail_serve":
        return person.role == policy.EVERYONE
    if name not in pages():
        return False
    _path, who = pages()[name]
    return person.role in who and (person.everything or (len(who) < EVERYBODYS and not often[name]))


def named(path: str) -> str | None:
    """Return the name of the address at a path, or None where there is none."""
    try:
        found = resolve(path)
    except Resolver404:
        return None
    return found.view_name
