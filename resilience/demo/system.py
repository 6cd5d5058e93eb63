"""What people of the demonstration raised about the place where they work, and what is being done about it."""

from datetime import datetime, timedelta

from content_pages import outline
from resilience.engagement import telling
from resilience.engagement.models import ActivityCompletion
from resilience.measures import catalogue, responses
from resilience.organisations import system_actions
from resilience.organisations.system_models import ActionState, Factor
from resilience.participants.models import Cohort, Enrolment

LIST, STATEMENTS = "tell-the-system", "workplace_forces"
CHOSEN = (
    (Factor.STAFFING, Factor.HANDOVER),
    (Factor.STAFFING, Factor.INTERRUPTIONS, Factor.EQUIPMENT),
    (Factor.HANDOVER,),
    (Factor.STAFFING, Factor.ROTA, Factor.FEAR_OF_BLAME),
    (Factor.INTERRUPTIONS, Factor.HANDOVER, Factor.LAYOUT),
)
LOG = (
    (
        Factor.HANDOVER, 40, ActionState.DONE, "Medical rota lead",
        "One handover sheet for both wards, kept in the shared folder, so that a broken printer no longer matters.",
    ),
    (
        Factor.STAFFING, 20, ActionState.TAKEN_ON, "Head of nursing, medicine",
        "A second nurse for the evening admissions. The case is with the board, an answer is due next month.",
    ),
)  # fmt: skip


def load(*, cohort: Cohort, now: datetime) -> None:
    """Let everybody who finished the piece raise something and answer the statements, and keep a log of two lines."""
    organisation = cohort.programme.organisation
    for number, enrolment in enumerate(_who_came_so_far(cohort)):
        telling.tell(
            enrolment=enrolment,
            organisation=enrolment.belongs_to,
            factors=CHOSEN[number % len(CHOSEN)],
            at=now,
        )
        given = {
            item.key: 2 + (number + place) % 4 for place, item in enumerate(catalogue.get(STATEMENTS).asked)
        }
        responses.record_once(respondent=enrolment.respondent, instrument=STATEMENTS, answers=given, at=now)
    for factor, days, state, post, what in LOG:
        asked = {"organisation": organisation, "unit": None, "factor": factor, "what": what}
        begun = now - timedelta(days=days)
        action = system_actions.add(**asked, post="", state=ActionState.RAISED, by=None, now=begun)
        later = begun + timedelta(days=9)
        system_actions.change(action, what=what, post=post, state=state, by=None, now=later)


def _who_came_so_far(cohort: Cohort) -> list[Enrolment]:
    pieces = outline.read(cohort.programme.slug).activities
    key = next(piece.key for piece in pieces if piece.slug == LIST)
    done = ActivityCompletion.objects.filter(activity=key).values("enrolment")
    found = cohort.enrolments.filter(pk__in=done).order_by("joined_at", "pk")
    return list(found.select_related("respondent__enrolment", "cohort__programme"))
