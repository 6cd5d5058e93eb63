"""A programme's modules and activities, read in one query."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.models import Page

from content_pages.models import ProgrammePage
from resilience import db


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
    revision: int | None = None


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
    revision: int | None = None


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


PLAIN = ("path", "translation_key", "title", "slug", "live_revision_id")
OF_A_MODULE = ("minutes", "summary", "aim", "drawing", "drawing_alt", "support_note")
OF_AN_ACTIVITY = ("minutes", "sensitive", "content_note")
COLUMNS = (
    *PLAIN,
    *(f"modulepage__{name}" for name in OF_A_MODULE),
    *(f"activitypage__{name}" for name in OF_AN_ACTIVITY),
    "raw",
)


def read(programme: str, *, activity: str = "") -> Outline | None:
    """Return the live pages of a programme, or None; activities of the slug `activity` come with their text."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in ROWS.rows(programme=programme, activity=activity)]
    return _assembled(rows) if rows else None


def _rows(*, programme: str, activity: str) -> QuerySet:
    top = ProgrammePage.objects.filter(slug=programme, live=True).values("path")[:1]
    text = Case(
        When(slug=activity, then=Cast(F("activitypage__body"), TextField())),
        default=Value(""),
        output_field=TextField(),
    )
    pages = Page.objects.filter(live=True, path__startswith=top).order_by("path")
    return pages.annotate(raw=text).values_list(*COLUMNS)


ROWS = db.Prepared(_rows, programme="the slug of a programme", activity="the slug of an activity")


def _assembled(rows: list[dict]) -> Outline:
    top, below = rows[0], rows[1:]
    url = reverse("content_pages:programme", args=[top["slug"]])
    parts: list[tuple[dict, list[dict]]] = []
    for row in below:
        if row["modulepage__minutes"] is not None:
            parts.append((row, []))
        elif parts and row["path"].startswith(parts[-1][0]["path"]):
            parts[-1][1].append(row)
    modules = [_module(row, pieces, url, number) for number, (row, pieces) in enumerate(parts, start=1)]
    return Outline(top["title"], top["slug"], url, tuple(modules), {each.slug: each for each in modules})


def _module(row: dict, pieces: list[dict], above: str, number: int) -> Module:
    url = f"{above}{row['slug']}/"
    return Module(
        key=db.as_uuid(row["translation_key"]),
        title=row["title"],
        slug=row["slug"],
        url=url,
        number=number,
        activities=tuple(_activity(each, url) for each in pieces),
        revision=row["live_revision_id"],
        **{name: row[f"modulepage__{name}"] for name in OF_A_MODULE},
    )


def _activity(row: dict, above: str) -> Activity:
    return Activity(
        key=db.as_uuid(row["translation_key"]),
        title=row["title"],
        slug=row["slug"],
        url=f"{above}{row['slug']}/",
        raw=row["raw"],
        revision=row["live_revision_id"],
        **{name: row[f"activitypage__{name}"] for name in OF_AN_ACTIVITY},
    )
