import pytest

from resilience.evaluation.models import AnalysisRun, Evaluation, RunState
from tests.factories.measures import TimepointFactory
from tests.factories.participants import ProgrammeFactory

pytestmark = pytest.mark.django_db


def test_from_a_new_programme_to_a_frozen_plan_and_its_first_report(as_evaluator, drain):
    programme = ProgrammeFactory(public_name="Steady Ground")
    TimepointFactory(programme=programme, key="t1", asks=["who5", "coping_confidence"])
    TimepointFactory(programme=programme, key="t2", label="After", position=2, asks=["coping_confidence"])
    page = as_evaluator.get("/evaluations/")
    assert b'href="/evaluations/new/"' in page.content

    opened = as_evaluator.post(
        "/evaluations/new/", {"programme": "steady", "name": "Spring 2027", "slug": "spring-2027"}
    )
    form = as_evaluator.get(opened.url).context["form"]
    typed = {name: value for name in form.fields if (value := form[name].value()) not in (None, "")}
    assert b"not frozen yet" in as_evaluator.get("/evaluations/spring-2027/").content
    early = as_evaluator.post("/evaluations/spring-2027/reports/")
    assert early.status_code == 422

    alone = as_evaluator.post(opened.url, typed | {"do": "freeze"})
    assert (alone.status_code, b"people alone" in alone.content) == (422, True)
    as_evaluator.post(
        "/evaluations/spring-2027/system/", {"unit": "Ward 1", "period": "2027 Q1", "absence": "4.5"}
    )
    looked = as_evaluator.post(opened.url, typed | {"do": "freeze"})
    seen = as_evaluator.get(looked.url).context["seen"]
    frozen = as_evaluator.post(looked.url, {"seen": seen})
    assert frozen.status_code == 302
    plan = Evaluation.objects.get(slug="spring-2027").plan
    assert (len(plan.hash), plan.content["primary"]) == (64, ["coping_confidence"])

    asked = as_evaluator.post("/evaluations/spring-2027/reports/")
    drain()

    assert asked.status_code == 302
    assert AnalysisRun.objects.get().state == RunState.DONE
