"""What the answers of the API look like."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema


class Refusal(Schema):
    """Why there is no answer."""

    detail: str


class Faults(Schema):
    """What was odd in what was asked for."""

    detail: list[dict[str, Any]]


class EvaluationOut(Schema):
    """One evaluation."""

    slug: str
    name: str
    programme: str
    synthetic: bool
    plan_frozen_at: datetime | None
    plan_hash: str


class PlanOut(Schema):
    """An analysis plan, as it stands or as it was frozen."""

    frozen_at: datetime | None
    hash: str
    content: dict[str, Any]


class ReportOut(Schema):
    """A finished report."""

    id: UUID
    as_of: datetime
    checksum: str | None
    finished_at: datetime | None


class ExportOut(Schema):
    """An export and its files."""

    id: UUID
    as_of: datetime
    state: str
    exact: bool
    people: int | None
    files: list[str]
