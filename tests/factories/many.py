"""Many people at once, by a statement a table: for what must cost the same however many there are."""

from collections.abc import Sequence
from datetime import timedelta

from resilience import clock
from resilience.accounts.models import User
from resilience.measures.models import Occasion, Timepoint
from resilience.participants.models import (
    Cohort,
    ConsentRecord,
    Enrolment,
    Participant,
    Purpose,
    Respondent,
)
from resilience.privacy.models import DataKey
from tests.factories.participants import CohortFactory, ConsentFormFactory


def people(
    count: int, *, cohort: Cohort | None = None, name: str = "many", texts: bool = False
) -> list[Enrolment]:
    """Return so many people who take part and agreed to the evaluation, and to texts where they take them."""
    cohort, now = cohort or CohortFactory(), clock.now()
    keys = DataKey.objects.bulk_create(DataKey(wrapped=b"x", made_at=now) for _ in range(count))
    users = User.objects.bulk_create(
        User(email=f"{name}-{number}@example.org", data_key=key, joined_at=now)
        for number, key in enumerate(keys)
    )
    persons = Participant.objects.bulk_create(
        Participant(user=user, phone_index=user.email if texts else "", phone_takes_texts=texts)
        for user in users
    )
    respondents = Respondent.objects.bulk_create(Respondent() for _ in persons)
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            participant=person,
            cohort=cohort,
            respondent=respondent,
            joined_at=now,
            about_you_at=now,
            readiness="START",
        )
        for person, respondent in zip(persons, respondents, strict=True)
    )
    _agree(enrolments, [Purpose.TAKE_PART, Purpose.EVALUATION, *([Purpose.TEXTS] if texts else [])])
    return enrolments


def _agree(enrolments: Sequence[Enrolment], purposes: Sequence[str]) -> None:
    form = ConsentFormFactory(programme=enrolments[0].cohort.programme)
    ConsentRecord.objects.bulk_create(
        ConsentRecord(enrolment=one, form=form, purpose=purpose, given=True, at=one.joined_at)
        for one in enrolments
        for purpose in purposes
    )


def ask(enrolments: Sequence[Enrolment], timepoint: Timepoint, *instruments: str) -> list[Occasion]:
    """Make a time point fall due now for all of them."""
    now = clock.now()
    return Occasion.objects.bulk_create(
        Occasion(
            respondent_id=one.respondent_id, timepoint=timepoint, instrument=instrument, due_at=now,
            closes_at=now + timedelta(days=timepoint.window_days),
        )
        for one in enrolments
        for instrument in instruments
    )  # fmt: skip
