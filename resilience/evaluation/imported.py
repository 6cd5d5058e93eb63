"""The people of an imported pack as analysis reads them: facts as they were told, gaps filled from what is there."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from resilience.evaluation.analysis import coding as agreement
from resilience.evaluation.analysis import frozen
from resilience.evaluation.dataset.columns import NUMBERS, TRAITS
from resilience.evaluation.models import CodedComment, Evaluation, ImportedCall, ImportedPerson


def people(evaluation: Evaluation, *, as_of: datetime) -> list[ImportedPerson]:
    """Return everybody of an evaluation's packs, test people and erased ones too, by study code."""
    found = ImportedPerson.objects.filter(evaluation=evaluation, imported_at__lte=as_of)
    return list(found.select_related("respondent").order_by("respondent_id"))


def respondents(evaluation: Evaluation, *, as_of: datetime) -> QuerySet:
    """Return the pseudonyms of those in the figures, as a query."""
    found = ImportedPerson.objects.filter(
        evaluation=evaluation, imported_at__lte=as_of, respondent__is_test=False, respondent__erased_at=None
    )
    return found.exclude(consented=False).values("respondent_id")


def agreed(person: ImportedPerson) -> bool:
    """Whether somebody is in the figures: they said yes, or the pack does not tell and so holds nobody else."""
    return person.consented is not False


def calls(respondents: QuerySet) -> Iterable[frozen.Call]:
    """Yield the calls of these people."""
    rows = ImportedCall.objects.filter(person__respondent__in=respondents)
    for call in rows.select_related("person").order_by("person__respondent_id", "number").iterator():
        yield frozen.Call(
            person=str(call.person.respondent_id),
            coach=call.coach,
            outcome=call.outcome,
            minutes=frozen.plain(call.minutes or 0),
            background=call.background,
        )


def coding(respondents: QuerySet) -> dict[str, dict[str, int]]:
    """Count how two coders read these people's comments, theme by theme: the counts are all that leaves here."""
    rows = CodedComment.objects.filter(person__respondent__in=respondents)
    return agreement.tabulate(rows.order_by("comment", "coder").values_list("comment", "coder", "themes"))


def attended(found: Iterable[frozen.Call]) -> set[str]:
    """Return who had a call that took place."""
    return {call.person for call in found if call.outcome == frozen.FULFILLED}


def frozen_people(rows: Iterable[ImportedPerson], *, had_a_call: set[str]) -> Iterable[frozen.Person]:
    """Yield these people with their facts. Where a column was left out, what they did says it."""
    for row in rows:
        modules, coached = row.modules_completed or 0, _coached(row, had_a_call)
        accepted = _told(row.coaching_accepted, coached)
        yield frozen.Person(
            key=str(row.respondent_id),
            started=_told(row.started, modules > 0 or coached),
            modules=modules,
            offered_call=_told(row.coaching_offered, accepted),
            accepted_call=accepted,
            withdrew=_told(row.withdrew, False),
            characteristics={name: getattr(row, name) for name in TRAITS},
            numbers={name: getattr(row, name) for name in NUMBERS if getattr(row, name) is not None},
            arm=row.arm,
            calls_attended=row.calls_attended,
            done={key: value for key, value in row.done.items() if value is not None},
        )


def _coached(row: ImportedPerson, had_a_call: set[str]) -> bool:
    return str(row.respondent_id) in had_a_call or bool(row.calls_attended)


def _told(fact: bool | None, otherwise: bool) -> bool:
    return otherwise if fact is None else fact
