"""A programme's modules and activities, read in one query."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.models import Page

from content_pages.models import ProgrammePage


@dataclass(frozen=True)
class Activity:
    """One piece, as lists show it."""

    key: UUID
    title: str
    slug: str
    url: str
    minutes: int
    sensitive: bool
    content_note: str
    raw: str


@dataclass(frozen=True)
class Module:
    """One part with its pieces."""

    key: UUID
    title: str
    slug: str
    url: str
    number: int
    minutes: int
    summary: str
    aim: str
    drawing: str
    drawing_alt: str
    support_note: str
    activities: tuple[Activity, ...] = ()


@dataclass(frozen=True)
class Outline:
    """A whole programme."""

    title: str
    slug: str
    url: str
    modules: tuple[Module, ...] = ()
    by_slug: dict[str, Module] = field(default_factory=dict, compare=False)

    @property
    def activities(self) -> list[Activity]:
        """Return every piece in its order."""
        return [activity for module in self.modules for activity in module.activities]


PLAIN = ["path", "depth", "translation_key", "title", "slug"]
OF_A_MODULE = [
    f"modulepage__{name}" for name in ("minutes", "summary", "aim", "drawing", "drawing_alt", "support_note")
]
OF_AN_ACTIVITY = [f"activitypage__{name}" for name in ("minutes", "sensitive", "content_note")]


def read(programme: str, *, module: str = "", activity: str = "") -> Outline | None:
    """Return the live pages of a programme, or None; one activity, where it is named, with its text."""
    rows = list(_rows(programme, module, activity))
    return _assembled(rows) if rows else None


def _rows(programme: str, module: str, activity: str) -> Iterable[dict]:
    top = ProgrammePage.objects.filter(slug=programme, live=True).values("path")[:1]
    wanted = When(
        activitypage__isnull=False,
        slug=activity,
        url_path__endswith=f"/{programme}/{module}/{activity}/",
        then=Cast(F("activitypage__body"), TextField()),
    )
    pages = Page.objects.filter(live=True, path__startswith=top).order_by("path")
    text = Case(wanted, default=Value(""), output_field=TextField()) if activity else Value("", TextField())
    return pages.annotate(raw=text).values(*PLAIN, *OF_A_MODULE, *OF_AN_ACTIVITY, "raw")


def _assembled(rows: list[dict]) -> Outline:
    top, below = rows[0], rows[1:]
    url = reverse("content_pages:programme", args=[top["slug"]])
    modules: list[Module] = []
    for row in (each for each in below if each["modulepage__minutes"] is not None):
        pieces = [each for each in below if each["path"].startswith(row["path"]) and each is not row]
        modules.append(_module(row, pieces, url, len(modules) + 1))
    return Outline(top["title"], top["slug"], url, tuple(modules), {each.slug: each for each in modules})


def _module(row: dict, pieces: list[dict], above: str, number: int) -> Module:
    url = f"{above}{row['slug']}/"
    own = {name.removeprefix("modulepage__"): row[name] for name in OF_A_MODULE}
    return Module(
        key=row["translation_key"], title=row["title"], slug=row["slug"], url=url, number=number,
        activities=tuple(_activity(each, url) for each in pieces), **own,
    )  # fmt: skip


def _activity(row: dict, above: str) -> Activity:
    own = {name.removeprefix("activitypage__"): row[name] for name in OF_AN_ACTIVITY}
    return Activity(
        key=row["translation_key"], title=row["title"], slug=row["slug"], url=f"{above}{row['slug']}/",
        raw=row["raw"], **own,
    )  # fmt: skip
