"""Who can be drawn for an interview: those who take part, agreed to be asked, and were not drawn before."""

from collections.abc import Callable, Mapping, Sequence

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from resilience.coaching.models import Call, Outcome
from resilience.evaluation.interview_models import InterviewPick, Stratum
from resilience.participants.models import ConsentRecord, Enrolment, Programme, Purpose

NOT_KNOWN = "not in the evaluation"
FACTS: Mapping[str, Callable[[Enrolment], str]] = {
    Stratum.PROFESSION: lambda person: person.respondent.profession,
    Stratum.COACHED: lambda person: "coached" if person.coached else "not coached",
    Stratum.FINISHED: lambda person: "finished" if person.modules_done_at else "not finished",
}


def of(programme: Programme, *, strata: Sequence[str], before: int) -> dict[str, str]:
    """Return the study code of everybody who can be drawn, with the group in which they then are.

    `before` is the number of the draw: who was drawn in an earlier one is left out. Of somebody who is not in the
    evaluation nothing is looked at: they make a group of their own wherever there is more than one.
    """
    newest = {person.participant_id: person for person in _people(programme, before=before)}
    return {str(person.respondent_id): _group(person, strata) for person in newest.values()}


def _people(programme: Programme, *, before: int) -> QuerySet[Enrolment]:
    """Return whoever takes part and may be asked; the newest enrolment of a person comes last."""
    earlier = InterviewPick.objects.filter(
        respondent__enrolment__participant=OuterRef("participant"),
        draw__evaluation__programme=programme,
        draw__number__lt=before,
    )
    held = Call.objects.filter(booking__enrolment=OuterRef("pk"), outcome=Outcome.FULFILLED)
    found = Enrolment.objects.filter(
        cohort__programme=programme,
        withdrawn_at=None,
        respondent__is_test=False,
        respondent__erased_at=None,
        participant__user__is_active=True,
    ).exclude(Exists(earlier))
    asked = found.annotate(
        may_be_asked=_newest(Purpose.INTERVIEW), evaluated=_newest(Purpose.EVALUATION), coached=Exists(held)
    )
    return asked.filter(may_be_asked=True).select_related("respondent").order_by("joined_at")


def _newest(purpose: str) -> Subquery:
    said = ConsentRecord.objects.filter(enrolment=OuterRef("pk"), purpose=purpose).order_by("-at")
    return Subquery(said.values("given")[:1])


def _group(person: Enrolment, strata: Sequence[str]) -> str:
    if not strata:
        return ""
    if not person.evaluated:
        return NOT_KNOWN
    return ", ".join(FACTS[each](person) for each in strata)
