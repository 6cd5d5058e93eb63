"""What the pack holds of the report: by which plan it is computed.

Directions, reliabilities and cut-offs are not put in: they follow from the instruments and the schedule.
"""

from datetime import datetime
from typing import Any

from resilience.evaluation import people, plans
from resilience.evaluation.disclosure import SMALLEST_THRESHOLD
from resilience.evaluation.models import Evaluation
from resilience.participants.models import Programme
from resilience.participants.packing import fields, parts
from resilience.participants.packing.documents import Document, dump
from resilience.participants.packing.parts import Folder

REPORT = "report.json"
LEFT_OUT = {"id", "programme"}
SETTINGS: dict[str, type] = {
    "primary": list, "covariates": list, "complete_modules": int, "suppress_below": int, "goals": dict,
}  # fmt: skip


def write(programme: Programme) -> dict[str, bytes]:
    """Return this app's file: the settings of the newest frozen plan, else of the plan that would be drafted now."""
    frozen = Evaluation.objects.filter(programme=programme, plan__frozen_at__isnull=False)
    evaluation = frozen.order_by("-plan__frozen_at", "slug").first()
    content = evaluation.plan.content if evaluation else _draft(programme)
    return {
        REPORT: dump(
            {
                "evaluation": fields.write(evaluation, left_out=LEFT_OUT) if evaluation else None,
                "settings": _settings(content) if content else None,
            }
        )
    }


def _draft(programme: Programme) -> plans.Content | None:
    try:
        return plans.draft(programme)
    except plans.NoTimepoints:
        return None


def _settings(content: plans.Content) -> dict[str, Any]:
    return {name: content.get(name) for name in SETTINGS}


def read(folder: Folder, programme: Programme, now: datetime) -> None:
    """Open the evaluation of the pack with its plan frozen now, before anybody has answered. Raises Broken."""
    document = folder.document(REPORT)
    document.only((), ("evaluation", "settings"))
    drafted = _draft(programme)
    if drafted is None or document.take(("evaluation",), dict, or_none=True) is None:
        _is_as_drafted(document, drafted)
        return
    values = fields.read(document, ("evaluation",), Evaluation, left_out=LEFT_OUT)
    fields.checked(document, ("evaluation",), Evaluation(programme=programme, **values))
    settings = _read_settings(document, drafted)
    plans.open_evaluation(programme=programme, now=now, **values, **settings)


def _is_as_drafted(document: Document, drafted: plans.Content | None) -> None:
    wanted = _settings(drafted) if drafted else None
    if document.value["settings"] != wanted:
        document.refuse(("settings",), "they differ from what follows from the schedule; name an evaluation")


def _read_settings(document: Document, drafted: plans.Content) -> dict[str, Any]:
    document.only(("settings",), SETTINGS)
    found = {name: document.take(("settings", name), kind) for name, kind in SETTINGS.items()}
    measures = {key for instrument in drafted["grid"] for key in plans.measures_of(instrument)}
    for number, key in enumerate(found["primary"]):
        if key not in measures:
            document.refuse(("settings", "primary", number), f"“{key}” is not asked in this schedule")
        if key in plans.apart(drafted["grid"]):
            document.refuse(
                ("settings", "primary", number), f"“{key}” asks for ways of coping: never primary"
            )
    for number, name in enumerate(found["covariates"]):
        if name not in people.TRAITS:
            document.refuse(("settings", "covariates", number), f"this version does not know “{name}”")
    if found["suppress_below"] < SMALLEST_THRESHOLD:
        document.refuse(
            ("settings", "suppress_below"), f"figures of fewer than {SMALLEST_THRESHOLD} stay hidden"
        )
    if set(found["goals"]) - set(drafted["goals"]):
        document.refuse(("settings", "goals"), f"only {', '.join(drafted['goals'])} are known")
    return found


parts.part("evaluation", write=write, read=read, after="measures")
