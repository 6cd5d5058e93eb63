"""Scores are made from answers, and can be made again."""

from collections.abc import Iterable, Iterator

from django.db import transaction

from resilience.measures import catalogue
from resilience.measures.models import Response, Score
from resilience.measures.scoring import rules


def of(response: Response) -> list[Score]:
    """Return the unsaved scores of a response, one for each scale of its instrument."""
    return [_row(response, rule) for rule in catalogue.get(response.instrument).scales]


def store(response: Response) -> list[Score]:
    """Score a response and keep the scores; return them."""
    return Score.objects.bulk_create(of(response))


def of_all(responses: Iterable[Response]) -> list[Score]:
    """Return the unsaved scores of many responses."""
    return [row for response in responses for row in of(response)]


def _row(response: Response, rule: rules.Rule) -> Score:
    made = rules.score(response.answers, rule)
    common = {"response": response, "scale": rule.scale, "method": made.method, "n_answered": made.n_answered}
    if isinstance(made, rules.Unscorable):
        return Score(**common, value=None, why_none=made.why)
    return Score(**common, value=made.value, prorated=made.prorated)


def rescore(*, batch: int = 1000) -> int:
    """Make every score again from its answers; return how many differ from what was stored before."""
    changed = 0
    for responses in _batches(batch):
        with transaction.atomic():
            changed += len(_differences(responses))
            Score.objects.filter(response__in=responses).delete()
            Score.objects.bulk_create([row for response in responses for row in of(response)])
    return changed


def compare(*, batch: int = 1000) -> list[Score]:
    """Return the scores as they should be wherever the stored ones differ; change nothing."""
    return [row for responses in _batches(batch) for row in _differences(responses)]


def _batches(size: int) -> Iterator[list[Response]]:
    found: list[Response] = []
    for response in Response.objects.order_by("pk").iterator(chunk_size=size):
        found.append(response)
        if len(found) == size:
            yield found
            found = []
    if found:
        yield found


def _differences(responses: list[Response]) -> list[Score]:
    stored = {_identity(row): _content(row) for row in Score.objects.filter(response__in=responses)}
    fresh = [row for response in responses for row in of(response)]
    return [row for row in fresh if stored.get(_identity(row)) != _content(row)]


def _identity(row: Score) -> tuple:
    return row.response_id, row.scale, row.method


def _content(row: Score) -> tuple:
    return row.value, row.n_answered, row.prorated, row.why_none
