"""A programme's modules and activities, read in one query.

Which parts there are, in which order, and when each opens is said once, by the pages in the first language. A page
that is translated and shown lends its words; one that is not stands there in the language in which it was written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.models import Page

from content_pages.models import ActivityPage, Opens, ProgrammePage
from resilience import db, languages
from resilience.participants.wording import Wording, put


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
    language: str = settings.LANGUAGE_CODE


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
    language: str = settings.LANGUAGE_CODE
    activities: tuple[Activity, ...] = ()
    revision: int | None = None
    rule: Rule = Rule()

    def piece(self, slug: str) -> Activity | None:
        """Return the piece at an address, be it that of another language."""
        return _at(slug, self.activities)


@dataclass(frozen=True)
class Outline:
    """A whole programme."""

    title: str
    slug: str
    url: str
    page: int | None = None
    modules: tuple[Module, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    language: str = settings.LANGUAGE_CODE

    @property
    def activities(self) -> list[Activity]:
        """Return every piece in its order."""
        return [activity for module in self.modules for activity in module.activities]

    def part(self, slug: str) -> Module | None:
        """Return the part at an address, be it that of another language."""
        return _at(slug, self.modules)

    @property
    def waits_for_questions(self) -> bool:
        """Return whether a part opens after questions, so that where they stand has to be known."""
        return any(module.rule.opens == Opens.AFTER_MEASURE for module in self.modules)


_Page = TypeVar("_Page", "Activity", "Module")
PLAIN = (
    "id", "path", "translation_key", "title", "slug", "locale__language_code",
    "alias_of__locale__language_code", "live_revision_id",
)  # fmt: skip
OF_A_MODULE = ("minutes", "summary", "aim", "drawing", "drawing_alt", "support_note")
OF_A_RULE = (
    "opens", "opens_after__translation_key", "opens_on", "opens_after_timepoint", "opens_after_live__translation_key",
)  # fmt: skip
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
SAID_ONCE = (
    "path", "programmepage__opens", *(f"modulepage__{name}" for name in OF_A_RULE),
    *(f"livesessionpage__{name}" for name in OF_A_MEETING),
)  # fmt: skip
IN_WORDS = (
    "title", "modulepage__summary", "modulepage__aim", "modulepage__support_note", "activitypage__content_note",
)  # fmt: skip


def _at(slug: str, pages: Iterable[_Page]) -> _Page | None:
    """Return the page with this slug, in the language spoken now or else in another."""
    if here := next((each for each in pages if each.slug == slug), None):
        return here
    keys = _keys(slug) if slug else set()
    return next((each for each in pages if each.key in keys), None)


def _keys(slug: str) -> set[UUID]:
    return set(Page.objects.filter(slug=slug, live=True).values_list("translation_key", flat=True))


def read(programme: str, *, activity: str = "", wording: str = Wording.ASKING) -> Outline | None:
    """Return the live pages of a programme, or None; activities of the slug `activity` come with their text.

    Each comes in the language that is spoken now where it is translated, else in the first one.

    Titles and summaries come in the programme's own word; the text waits for `rendering`, which puts it in.
    """
    spoken = languages.now()
    found = ROWS.rows(programme=programme, activity=activity, spoken=spoken, first=settings.LANGUAGE_CODE)
    rows = [_row(row, wording) for row in found]
    first = [row for row in rows if row["locale__language_code"] == settings.LANGUAGE_CODE]
    others = [row for row in rows if row["locale__language_code"] != settings.LANGUAGE_CODE]
    if not first:
        first, others = others, []
    translated = {
        row["translation_key"]: row for row in others if row["alias_of__locale__language_code"] is None
    }
    return (
        _assembled([_spoken(row, translated.get(row["translation_key"])) for row in first]) if first else None
    )


def _spoken(row: dict, translated: dict | None) -> dict:
    """Return a page in the words of its translation, where it has one; its place and its rule stay its own."""
    shown = {**(translated or row), **{name: row[name] for name in SAID_ONCE}}
    language = row["alias_of__locale__language_code"] or shown["locale__language_code"]
    return {**shown, "language": language}


def texts(keys: Iterable[UUID]) -> dict[UUID, str]:
    """Return the stored text of activities by their keys, in one query: in the language spoken now where there is."""
    rows = ActivityPage.objects.filter(
        translation_key__in=list(keys),
        live=True,
        locale__language_code__in={languages.now(), settings.LANGUAGE_CODE},
    )
    spoken = Case(When(locale__language_code=languages.now(), then=Value(1)), default=Value(0))
    text = Cast(F("body"), TextField())
    return dict(rows.annotate(raw=text).order_by(spoken).values_list("translation_key", "raw"))


def _row(row: tuple, wording: str) -> dict:
    found = dict(zip(COLUMNS, row, strict=True))
    return found | {name: put(found[name], wording) for name in IN_WORDS if found[name]}


def _rows(*, programme: str, activity: str, spoken: str, first: str) -> QuerySet:
    tops = [
        ProgrammePage.objects.filter(slug=programme, live=True, locale__language_code=language).values(
            "path"
        )[:1]
        for language in (first, spoken)
    ]
    text = Case(
        When(slug=activity, then=Cast(F("activitypage__body"), TextField())),
        default=Value(""),
        output_field=TextField(),
    )
    below = Q(path__startswith=tops[0]) | Q(path__startswith=tops[1])
    pages = Page.objects.filter(below, live=True).order_by("path")
    return pages.annotate(raw=text).values_list(*COLUMNS)


ROWS = db.Prepared(
    _rows, programme="the slug of a programme", activity="the slug of an activity", spoken="a language",
    first="the first language",
)  # fmt: skip


def _assembled(rows: list[dict]) -> Outline:
    top, below = rows[0], rows[1:]
    url = reverse("content_pages:programme", args=[top["slug"]])
    parts: list[tuple[dict, list[dict]]] = []
    for row in below:
        if row["modulepage__minutes"] is not None:
            parts.append((row, []))
        elif parts and row["path"].startswith(parts[-1][0]["path"]):
            parts[-1][1].append(row)
    modules = [
        _module(row, pieces, url, number, _rule(row, top["programmepage__opens"]))
        for number, (row, pieces) in enumerate(parts, start=1)
    ]
    meetings = tuple(_meeting(row) for row in below if row["livesessionpage__starts_at"] is not None)
    return Outline(
        top["title"], top["slug"], url, top["id"], tuple(modules), meetings, top["language"]
    )  # fmt: skip


def _rule(row: dict, usual: str) -> Rule:
    return Rule(
        opens=row["modulepage__opens"] or usual,
        after=_key(row["modulepage__opens_after__translation_key"]),
        on=row["modulepage__opens_on"],
        timepoint=row["modulepage__opens_after_timepoint"],
        live=_key(row["modulepage__opens_after_live__translation_key"]),
    )


def _key(value: UUID | str | None) -> UUID | None:
    return None if value is None else db.as_uuid(value)


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
        language=row["language"],
        activities=tuple(_activity(each, url) for each in pieces),
        revision=row["live_revision_id"],
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
        language=row["language"],
        revision=row["live_revision_id"],
        **{name: row[f"activitypage__{name}"] for name in OF_AN_ACTIVITY},
    )
