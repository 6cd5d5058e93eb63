"""Who is in an evaluation as of a moment: those who let us use their answers, and nobody else."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from resilience.evaluation import imported, plans
from resilience.evaluation.models import Evaluation, ImportedPerson
from resilience.participants.models import ConsentRecord, Enrolment, Purpose

Row = Enrolment | ImportedPerson


class Cohort:
    """An evaluation's enrolments, or its imported people, as of a moment: who is in and who is left out."""

    def __init__(self, evaluation: Evaluation, *, as_of: datetime) -> None:
        self.evaluation, self.as_of = evaluation, as_of
        self.imported = bool(evaluation.plan.content.get(plans.IMPORTED))
        rows = imported.people(evaluation, as_of=as_of) if self.imported else self._enrolments()
        self.test = [row for row in rows if row.respondent.is_test]
        self.erased = [row for row in rows if row.respondent.erased_at and not row.respondent.is_test]
        self.registered = [row for row in rows if not row.respondent.is_test and not row.respondent.erased_at]
        self.people = self._agreed()
        self.respondents = self._respondents()
        self._elsewhere = evaluation.came_with.get("not_in_pack", {})

    @property
    def enrolled(self) -> int:
        """How many enrolled, those included who are in no pack since they said no to it."""
        return len(self.registered) + self._elsewhere.get("no_consent", 0)

    def left_out(self, why: str) -> int:
        """How many are in no figure since they were "test" people or had their data "erased"."""
        return len({"test": self.test, "erased": self.erased}[why]) + self._elsewhere.get(why, 0)

    def _enrolments(self) -> list[Enrolment]:
        programme = self.evaluation.programme
        everyone = Enrolment.objects.filter(cohort__programme=programme, joined_at__lte=self.as_of)
        return list(everyone.select_related("respondent", "cohort__programme").order_by("respondent_id"))

    def _agreed(self) -> list[Row]:
        if self.imported:
            return [row for row in self.registered if imported.agreed(row)]
        agreed = agreed_to(self.registered, Purpose.EVALUATION, as_of=self.as_of)
        return [row for row in self.registered if row.pk in agreed]

    def _respondents(self) -> list[UUID] | QuerySet:
        """Whose answers are read: for a pack as a query, since it may hold more people than one can list."""
        if self.imported:
            return imported.respondents(self.evaluation, as_of=self.as_of)
        return [row.respondent_id for row in self.people]


def agreed_to(enrolments: list[Enrolment], purpose: str, *, as_of: datetime) -> set[UUID]:
    """Whose newest record of this purpose says yes."""
    keys = [enrolment.pk for enrolment in enrolments]
    records = ConsentRecord.objects.filter(enrolment__in=keys, purpose=purpose, at__lte=as_of)
    newest = dict(records.order_by("at").values_list("enrolment_id", "given"))
    return {key for key, given in newest.items() if given}
