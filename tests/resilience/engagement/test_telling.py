"""What somebody raises is counted, and leads back to nobody: not on a page, and not in the database."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection

from resilience.engagement import taking_part, telling
from resilience.organisations import system_list
from resilience.organisations.models import Unit
from resilience.organisations.system_models import Factor, SystemList
from resilience.participants.models import Enrolment
from tests.factories.organisations import OrganisationFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


def tell(enrolment: Enrolment, *factors: str, now) -> None:
    organisation = enrolment.cohort.programme.organisation
    telling.tell(enrolment=enrolment, organisation=organisation, factors=factors, at=now)


def stored() -> Iterator[str]:
    """Yield every value of every table as the database itself holds it."""
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield from (f"{table}: {value}" for value in row)


def leads_to(factor: str) -> list[str]:
    """Return where a factor stands in the database."""
    return [value for value in stored() if factor in value]


@pytest.mark.postgres_too
def test_below_ten_people_the_database_holds_what_nobody_chose(ada, tuesday):
    tell(ada, "FEAR_OF_BLAME", now=tuesday)

    assert ada.has_raised
    assert leads_to("FEAR_OF_BLAME") == []


def test_the_search_finds_what_is_written_beside_a_person(ada, tuesday):
    ada.respondent.workplace = "FEAR_OF_BLAME"
    ada.respondent.save()

    assert leads_to("FEAR_OF_BLAME") == ["participants_respondent: FEAR_OF_BLAME"]


@pytest.mark.parametrize("chosen", [["STAFFING"], ["FEAR_OF_BLAME", "ROTA"], list(Factor.values)])
def test_what_is_stored_looks_the_same_whatever_was_chosen(ada, tuesday, chosen):
    tell(ada, *chosen, now=tuesday)

    sealed = SystemList.objects.values_list("waiting", flat=True).get().token
    assert SystemList.objects.get().shown == {}
    assert len(sealed) == len("1.") + 36 + len(".") + 4 * -(-(system_list.BLOCK + 12 + 16) // 3)


def test_no_moment_and_no_trail_is_kept_of_who_told(ada, tuesday):
    before = list(stored())

    tell(ada, "STAFFING", now=tuesday)

    fresh = [value.split(":")[0] for value in set(stored()) - set(before)]
    assert set(fresh) == {"organisations_systemlist", "privacy_datakey", "participants_enrolment"} - (
        {"participants_enrolment"} if not _shows_true(before) else set()
    )


def _shows_true(before: list[str]) -> bool:
    """Return whether a mark that was set shows as a value that the table did not hold before."""
    return "participants_enrolment: 1" not in before and "participants_enrolment: True" not in before


def test_a_person_counts_once(ada, tuesday):
    tell(ada, "STAFFING", now=tuesday)

    with pytest.raises(telling.ToldBefore):
        tell(Enrolment.objects.get(pk=ada.pk), "ROTA", now=tuesday)


def test_a_person_in_two_programmes_of_one_organisation_counts_once(ada, tuesday):
    other = CohortFactory(programme=ProgrammeFactory(slug="other"))
    again = EnrolmentFactory(participant=ada.participant, cohort=other)
    tell(ada, "STAFFING", now=tuesday)

    with pytest.raises(telling.ToldBefore):
        tell(again, "STAFFING", now=tuesday)


def test_what_is_refused_is_not_marked_as_told(ada, tuesday):
    with pytest.raises(system_list.Odd):
        tell(ada, "THE_MANAGER", now=tuesday)

    assert not Enrolment.objects.get(pk=ada.pk).has_raised


def test_nothing_is_counted_for_somebody_who_has_stopped(ada, tuesday):
    ada.withdrawn_at = tuesday

    with pytest.raises(taking_part.Stopped):
        tell(ada, "STAFFING", now=tuesday)


def test_ten_people_are_shown_in_words_and_never_as_a_number_of_each(ada, tuesday):
    for number in range(10):
        tell(EnrolmentFactory(), "STAFFING", *(["ROTA"] if number < 3 else []), now=tuesday)

    (whole,) = system_list.shown(ada.cohort.programme.organisation)
    assert (whole.place, whole.people) == ("Riverside Hospital", 10)
    assert [str(share.label) for _factor, share in whole.factors[:3]] == [
        "more than half of them",
        "some of them",
        "few or none of them",
    ]


def test_people_of_one_unit_are_shown_as_that_unit(ada, tuesday):
    organisation = ada.cohort.programme.organisation
    Unit.objects.create(organisation=organisation, name="Ward 4")
    for _number in range(20):
        tell(EnrolmentFactory(respondent__workplace="Ward 4"), "STAFFING", now=tuesday)

    assert [(each.place, each.people) for each in system_list.shown(organisation)] == [
        ("Riverside Hospital", 20),
        ("Ward 4", 10),
    ]


def test_another_organisation_sees_nothing_of_it(tuesday):
    for _number in range(10):
        tell(EnrolmentFactory(), "STAFFING", now=tuesday)

    assert system_list.shown(OrganisationFactory(slug="hilltop", name="Hilltop Trust")) == []


def test_somebody_who_tries_the_site_out_is_not_counted(ada, tuesday):
    ada.respondent.is_test = True

    tell(ada, "STAFFING", now=tuesday)

    assert not SystemList.objects.exists()
