"""A programme's modules and activities, read in one query."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.models import Page

from content_pages.models import Opens, ProgrammePage
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


@dataclass(frozen=True)
class Rule:
    """What a part waits for: one of Opens, and the part, date, time point or meeting that it names."""

    opens: str = Opens.IN_ORDER
    after: UUID | None = None
    on: date | None = None
    timepoint: str = ""
    live: UUID | None = None


@dataclass(frozen=True)
class Meeting:
    """A date on which people meet; all dates of one share `about`."""

    key: UUID
    title: str
    about: str
    starts_at: datetime
    ends_at: datetime


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
    rule: Rule = Rule()


@dataclass(frozen=True)
class Outline:
    """A whole programme."""

    title: str
    slug: str
    url: str
    modules: tuple[Module, ...] = ()
    by_slug: dict[str, Module] = field(default_factory=dict, compare=False)
    meetings: tuple[Meeting, ...] = ()

    @property
    def activities(self) -> list[Activity]:
        """Return every piece in its order."""
        return [activity for module in self.modules for activity in module.activities]

    @property
    def waits_for_questions(self) -> bool:
        """Return whether a part opens after questions, so that where they stand has to be known."""
        return any(module.rule.opens == Opens.AFTER_MEASURE for module in self.modules)


PLAIN = ("id", "path", "translation_key", "title", "slug")
OF_A_MODULE = ("minutes", "summary", "aim", "drawing", "drawing_alt", "support_note")
OF_A_RULE = ("opens", "opens_after_id", "opens_on", "opens_after_timepoint", "opens_after_live_id")
OF_A_MEETING = ("about", "starts_at", "ends_at")
OF_AN_ACTIVITY = ("minutes", "sensitive", "content_note")
COLUMNS = (
    *PLAIN,
    "programmepage__opens",
    *(f"modulepage__{name}" for name in (*OF_A_MODULE, *OF_A_RULE)),
    *(f"livesessionpage__{name}" for name in OF_A_MEETING),
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
    keys = {row["id"]: db.as_uuid(row["translation_key"]) for row in rows}
    modules = [
        _module(row, pieces, url, number, _rule(row, top["programmepage__opens"], keys))
        for number, (row, pieces) in enumerate(parts, start=1)
    ]
    meetings = tuple(_meeting(row) for row in below if row["livesessionpage__starts_at"] is not None)
    by_slug = {each.slug: each for each in modules}
    return Outline(top["title"], top["slug"], url, tuple(modules), by_slug, meetings)


def _rule(row: dict, usual: str, keys: dict[int, UUID]) -> Rule:
    return Rule(
        opens=row["modulepage__opens"] or usual,
        after=keys.get(row["modulepage__opens_after_id"]),
        on=row["modulepage__opens_on"],
        timepoint=row["modulepage__opens_after_timepoint"],
        live=keys.get(row["modulepage__opens_after_live_id"]),
    )


def _meeting(row: dict) -> Meeting:
    return Meeting(
        key=db.as_uuid(row["translation_key"]),
        title=row["title"],
        about=row["livesessionpage__about"],
        starts_at=db.as_moment(row["livesessionpage__starts_at"]),
        ends_at=db.as_moment(row["livesessionpage__ends_at"]),
    )


def _module(row: dict, pieces: list[dict], above: str, number: int, rule: Rule) -> Module:
    url = f"{above}{row['slug']}/"
    return Module(
        key=db.as_uuid(row["translation_key"]),
        title=row["title"],
        slug=row["slug"],
        url=url,
        number=number,
        activities=tuple(_activity(each, url) for each in pieces),
        rule=rule,
        **{name: row[f"modulepage__{name}"] for name in OF_A_MODULE},
    )


def _activity(row: dict, above: str) -> Activity:
    return Activity(
        key=db.as_uuid(row["translation_key"]),
        title=row["title"],
        slug=row["slug"],
        url=f"{above}{row['slug']}/",
        raw=row["raw"],
        **{name: row[f"activitypage__{name}"] for name in OF_AN_ACTIVITY},
    )
