import pytest

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import Role
from resilience.audit import events
from resilience.audit.models import AuditEvent
from resilience.evaluation import versions
from resilience.evaluation.models import AnalysisPlan, Deviation, EarlierPlan, Evaluation
from tests.factories.accounts import UserFactory
from tests.factories.measures import TimepointFactory
from tests.factories.participants import ProgrammeFactory

pytestmark = pytest.mark.django_db

PLAN = "/evaluations/spring/plan/"
WRITTEN = {
    "kind": "service", "primary": ["coping_confidence"], "primary_timepoints": ["t2"],
    "analyses": ["change", "cost"], "covariates": ["profession", "shifts"], "complete_modules": 4, "exposure": 1,
    "no_system_outcomes": "Nothing of units is counted.", "suppress_below": 10, "email": 120,
    "reliability-who5": "0.81", "mcid-who5": 10, "coach_rate_per_hour": 40,
    "prep_minutes_per_call": 15, "supervision_pct": 10, "fixed": 0, "correction-primary": "holm",
    "correction-rest": "bh",
}  # fmt: skip


def plan_of(evaluation) -> AnalysisPlan:
    return AnalysisPlan.objects.select_related("evaluation__programme").get(evaluation=evaluation)


@pytest.fixture
def planned(being_planned, chi) -> Evaluation:
    """The same evaluation, its plan frozen."""
    versions.freeze(plan_of(being_planned), by=chi, now=clock.now())
    return being_planned


def freeze(client, address=f"{PLAN}freeze/", **typed):
    """Freeze what the page shows, as its button does."""
    page = client.get(address)
    return client.post(address, typed | {"seen": page.context["seen"]})


def text(response) -> str:
    return response.content.decode()


def test_the_form_comes_with_defaults_and_says_that_no_report_is_asked_for_yet(being_planned, as_evaluator):
    page = text(as_evaluator.get(PLAN))

    assert "No report can be asked for before the plan is frozen" in page
    assert 'name="suppress_below" value="10"' in page
    assert 'value="coping_confidence" id="id_primary_1" checked' in page
    assert 'name="reliability-who5" value="0.81"' in page


def test_what_is_typed_is_kept_as_a_draft(being_planned, as_evaluator):
    answer = as_evaluator.post(PLAN, WRITTEN | {"do": "keep", "funding": "=2+2"})

    assert answer.status_code == 302
    plan = plan_of(being_planned)
    assert (plan.frozen_at, plan.content["funding"], plan.content["cost"]["coach_rate_per_hour"]) == (
        None, "=2+2", 40,
    )  # fmt: skip
    assert (plan.content["covariates"], plan.evaluation.approached) == (
        ["profession", "shifts"],
        {"email": 120},
    )


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("suppress_below", "4", "Write a whole number from 5 to"),
        ("exposure", "none", "Write a whole number from 1 to 99"),
        ("reliability-who5", "1.4", "Write a number from 0 to 1"),
        ("email", "-1", "Write a whole number from 0 to"),
        ("funding", "f" * 301, "Write 300 letters or fewer"),
        ("covariates", "__import__('os')", "Choose among those on the list"),
        ("correction-primary", "", "Choose one of the two"),
        ("correction-rest", "bonferroni", "Choose one of the two"),
    ],
)
def test_what_is_odd_is_named_and_everything_typed_stays(being_planned, as_evaluator, field, typed, words):
    answer = as_evaluator.post(PLAN, WRITTEN | {"do": "keep", "sponsor": "The <trust>", field: typed})

    assert answer.status_code == 422
    assert words in text(answer)
    assert "The &lt;trust&gt;" in text(answer)
    assert plan_of(being_planned).content["sponsor"] == ""


def test_research_without_its_approval_is_kept_and_not_frozen(being_planned, as_evaluator):
    answer = as_evaluator.post(PLAN, WRITTEN | {"do": "freeze", "kind": "research", "sponsor": "The trust"})

    assert answer.status_code == 422
    assert "Research needs an approval" in text(answer)
    assert (plan_of(being_planned).content["sponsor"], plan_of(being_planned).frozen_at) == (
        "The trust",
        None,
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"primary": ["who5"]}, "is not asked at “After”"),
        ({"primary": []}, "Choose at least one primary measure"),
        ({"no_system_outcomes": " "}, "A report of people alone says why"),
    ],
    ids=["not asked then", "none", "no reason"],
)
def test_what_cannot_be_frozen_is_said_where_it_can_be_put_right_and_kept(
    being_planned, as_evaluator, typed, words
):
    answer = as_evaluator.post(PLAN, WRITTEN | {"do": "freeze", "sponsor": "The trust"} | typed)

    assert answer.status_code == 422
    assert words in text(answer)
    plan = plan_of(being_planned)
    assert (plan.content["sponsor"], plan.frozen_at) == ("The trust", None)


def test_everything_that_is_odd_or_lacking_is_said_at_once(being_planned, as_evaluator):
    page = text(as_evaluator.post(
        PLAN,
        WRITTEN | {"do": "freeze", "kind": "research", "exposure": "none", "no_system_outcomes": "", "primary": []},
    ))  # fmt: skip

    for words in (
        "Write a whole number from 1 to 99", "Research needs an approval", "Write who sponsors", "how long the data",
        "Choose at least one primary measure", "A report of people alone says why",
    ):  # fmt: skip
        assert words in page


def test_the_page_before_freezing_shows_what_is_fixed_and_fixes_nothing(being_planned, as_evaluator):
    asked = as_evaluator.post(PLAN, WRITTEN | {"do": "freeze", "funding": "The charity"})
    page = text(as_evaluator.get(asked.url))

    assert asked.url == f"{PLAN}freeze/"
    for words in (
        "Nothing is fixed yet",
        "Coping confidence",
        "After",
        "The charity",
        "Yes, freeze it",
    ):
        assert words in page
    assert plan_of(being_planned).frozen_at is None

    freeze(as_evaluator)

    assert plan_of(being_planned).frozen_at == clock.now()


def test_what_somebody_changed_after_it_was_read_is_not_frozen(being_planned, as_evaluator):
    as_evaluator.post(PLAN, WRITTEN | {"do": "freeze"})
    seen = as_evaluator.get(f"{PLAN}freeze/").context["seen"]
    as_evaluator.post(PLAN, WRITTEN | {"do": "keep", "exposure": 3})

    answer = as_evaluator.post(f"{PLAN}freeze/", {"seen": seen})

    assert answer.status_code == 422
    assert "Somebody changed it in the meantime" in text(answer)
    assert plan_of(being_planned).frozen_at is None


def test_a_draft_that_lacks_something_leads_back_from_the_page_before_freezing(being_planned, as_evaluator):
    as_evaluator.post(PLAN, WRITTEN | {"do": "keep", "primary": []})

    assert as_evaluator.get(f"{PLAN}freeze/").url == PLAN
    assert as_evaluator.post(f"{PLAN}freeze/", {"seen": "x"}).status_code == 422


def test_a_frozen_plan_is_a_page_to_read(being_planned, as_evaluator):
    as_evaluator.post(
        PLAN, WRITTEN | {"do": "freeze", "involvement": "Two nurses read it.\nThey changed it."}
    )
    freeze(as_evaluator)

    page = text(as_evaluator.get(PLAN))

    assert plan_of(being_planned).hash in page
    assert "Two nurses read it.<br>They changed it." in page
    assert "Build a report" in text(as_evaluator.get("/evaluations/spring/"))
    assert '<form method="post" novalidate>' not in page


def test_a_plan_that_somebody_froze_in_the_meantime_stays_as_it_is(planned, as_evaluator):
    answer = as_evaluator.post(PLAN, WRITTEN | {"do": "freeze", "exposure": 2})

    assert answer.status_code == 409
    assert plan_of(planned).content["exposure"] == 1


def test_a_new_version_needs_a_reason(planned, as_evaluator):
    address = f"{PLAN}new-version/"
    assert "The frozen plan stands until you freeze this one" in text(as_evaluator.get(address))

    asked = as_evaluator.post(address, WRITTEN | {"do": "freeze", "exposure": 2})
    without = freeze(as_evaluator)
    with_one = freeze(as_evaluator, why="Two calls are the rule.")

    assert (asked.status_code, without.status_code, with_one.status_code) == (302, 422, 302)
    assert "Calls that count as coached" in text(without)
    assert "Write why the plan changes" in text(without)
    assert (plan_of(planned).version, plan_of(planned).content["exposure"]) == (2, 2)
    page = text(as_evaluator.get(PLAN))
    assert "Two calls are the rule." in page
    assert "Frozen on" in text(as_evaluator.get(f"{PLAN}1/"))
    for odd in ("2", "9" * 40, "first"):
        assert as_evaluator.get(f"{PLAN}{odd}/").status_code == 404


def test_a_version_without_a_change_or_without_what_research_needs_is_not_frozen(planned, as_evaluator):
    address, why = f"{PLAN}new-version/", {"do": "freeze"}
    as_evaluator.post(address, WRITTEN | why)
    freeze(as_evaluator, why="x")

    same = as_evaluator.post(address, WRITTEN | why)
    research = as_evaluator.post(address, WRITTEN | why | {"kind": "research"})

    assert "Nothing is different from the frozen plan" in text(same)
    assert "Research needs an approval" in text(research)
    assert [same.status_code, research.status_code] == [422, 422]


def test_a_new_version_is_kept_as_a_draft_and_thrown_away(planned, as_evaluator):
    address = f"{PLAN}new-version/"
    as_evaluator.post(address, WRITTEN | {"do": "keep", "exposure": 2})
    assert "Go on with the new version" in text(as_evaluator.get(PLAN))

    as_evaluator.post(address, {"do": "drop"})

    assert plan_of(planned).next_content is None
    assert not EarlierPlan.objects.exists()


def test_where_nothing_is_being_written_there_is_nothing_to_freeze(planned, as_evaluator):
    assert as_evaluator.get(f"{PLAN}freeze/").url == PLAN


def test_a_new_version_of_a_plan_that_is_not_frozen_is_that_plan(being_planned, as_evaluator):
    assert as_evaluator.get(f"{PLAN}new-version/").url == PLAN


def test_what_was_done_otherwise_is_written_down_with_a_reason(planned, as_evaluator):
    address = f"{PLAN}deviation/"

    empty = as_evaluator.post(address, {"what": "T2 opened late.", "why": ""})
    told = as_evaluator.post(address, {"what": "T2 opened late.", "why": "=The server was down"})

    assert (empty.status_code, told.status_code) == (422, 302)
    assert "T2 opened late." in text(empty)
    assert Deviation.objects.get().why == "=The server was down"
    assert "T2 opened late." in text(as_evaluator.get(PLAN))


def test_nothing_departs_from_a_plan_that_is_not_frozen(being_planned, as_evaluator):
    answer = as_evaluator.post(f"{PLAN}deviation/", {"what": "a", "why": "b"})

    assert (answer.status_code, Deviation.objects.count()) == (422, 0)


def test_how_many_were_approached_is_told_after_freezing_too(planned, as_evaluator):
    as_evaluator.post(f"{PLAN}approached/", {"email": 10, "poster": ""})
    as_evaluator.post(f"{PLAN}approached/", {"email": 10, "poster": ""})

    assert Evaluation.objects.get(slug="spring").approached == {"email": 10}
    assert "By e-mail" in text(as_evaluator.get(PLAN))
    assert 'value="10"' in text(as_evaluator.get(f"{PLAN}approached/"))


def test_complaints_are_told_and_none_is_not_the_same_as_nobody_knows(planned, as_evaluator):
    assert Evaluation.objects.get(slug="spring").complaints is None

    as_evaluator.post(f"{PLAN}complaints/", {"number": "0"})

    assert Evaluation.objects.get(slug="spring").complaints == 0
    assert 'value="0"' in text(as_evaluator.get(f"{PLAN}complaints/"))
    assert AuditEvent.objects.filter(event=events.COMPLAINTS_TOLD).count() == 1
    assert as_evaluator.post(f"{PLAN}complaints/", {"number": "-1"}).status_code == 422

    as_evaluator.post(f"{PLAN}complaints/", {"number": ""})

    assert Evaluation.objects.get(slug="spring").complaints is None


def test_a_report_that_may_not_be_asked_for_is_refused_with_the_reason(being_planned, as_evaluator):
    page = text(as_evaluator.get("/evaluations/spring/"))
    asked = as_evaluator.post("/evaluations/spring/reports/")

    assert "Build a report" not in page
    assert "The analysis plan is not frozen yet" in page
    assert asked.status_code == 422
    assert "No report was asked for" in text(asked)
    assert not being_planned.runs.exists()


class TestOpening:
    NEW = "/evaluations/new/"

    def test_a_programme_that_asks_nothing_has_nothing_to_evaluate(self, as_evaluator):
        ProgrammeFactory()

        answer = as_evaluator.post(self.NEW, {"programme": "steady", "name": "A", "slug": "a"})

        assert answer.status_code == 422
        assert "asks nothing yet" in text(answer)

    @pytest.mark.parametrize("slug", ["spring", "import", "new", "Spring"])
    def test_a_short_name_that_is_taken_is_refused(self, being_planned, as_evaluator, slug):
        answer = as_evaluator.post(self.NEW, {"programme": "steady", "name": "Kept", "slug": slug})

        assert answer.status_code == 422
        assert "This short name is taken" in text(answer)
        assert 'value="Kept"' in text(answer)

    def test_a_name_may_be_long_and_of_any_script_but_not_too_long(self, being_planned, as_evaluator):
        post = {"programme": "steady", "slug": "b"}

        too_long = as_evaluator.post(self.NEW, post | {"name": "n" * 300})
        arabic = as_evaluator.post(self.NEW, post | {"name": '=تقييم "1"'})

        assert (too_long.status_code, arabic.status_code) == (422, 302)
        assert Evaluation.objects.get(slug="b").name == '=تقييم "1"'

    def test_an_evaluator_opens_evaluations_of_their_own_programmes_alone(self, being_planned, sign_in):
        TimepointFactory(programme=ProgrammeFactory(slug="other"), asks=["who5"])
        theirs = UserFactory(roles=[])
        roles.grant(user=theirs, role=Role.EVALUATOR, programme="other", by=None, now=clock.now())
        client = sign_in(theirs)

        foreign = client.post(self.NEW, {"programme": "steady", "name": "A", "slug": "a"})
        own = client.post(self.NEW, {"programme": "other", "name": "A", "slug": "a"})

        assert (foreign.status_code, own.status_code) == (422, 302)
        assert client.get(PLAN).status_code == 404


def test_the_plan_of_a_programme_without_a_second_time_point_is_frozen_all_the_same(chi, as_evaluator):
    programme = ProgrammeFactory()
    TimepointFactory(programme=programme, asks=["unwanted_effects"])
    as_evaluator.post("/evaluations/new/", {"programme": "steady", "name": "A", "slug": "a"})
    kept = {key: value for key, value in WRITTEN.items() if key not in ("primary", "primary_timepoints")}

    page = text(as_evaluator.get("/evaluations/a/plan/"))
    as_evaluator.post("/evaluations/a/plan/", kept | {"do": "freeze"})
    answer = freeze(as_evaluator, "/evaluations/a/plan/freeze/")

    assert "Primary time points" not in page
    assert answer.status_code == 302
    assert Evaluation.objects.get(slug="a").plan.frozen_at == clock.now()


def test_a_plan_of_imported_people_gets_a_new_version_too(unanswered, as_evaluator):
    unanswered.plan.content |= {"imported": True}
    unanswered.plan.save()

    as_evaluator.post("/evaluations/new/plan/new-version/", WRITTEN | {"do": "freeze", "covariates": ["age"]})
    answer = freeze(as_evaluator, "/evaluations/new/plan/freeze/", why="Age matters here.")

    assert answer.status_code == 302
    assert plan_of(unanswered).content["covariates"] == ["age"]


def test_the_page_of_an_evaluation_leads_to_its_complaints_once_the_plan_is_frozen(planned, as_evaluator):
    assert f'href="{PLAN}complaints/"' in text(as_evaluator.get(PLAN.removesuffix("plan/")))


def test_corrections_for_several_tests_are_chosen_before_the_plan_is_frozen(being_planned, as_evaluator):
    page = text(as_evaluator.get(PLAN))
    assert 'name="correction-primary" value="holm" required id="id_correction-primary_0" checked' in page

    as_evaluator.post(
        PLAN, WRITTEN | {"do": "freeze", "correction-rest": "none", "no_system_outcomes": "None"}
    )

    assert plan_of(being_planned).content["multiplicity"] == {"primary": "holm", "rest": "none"}
    assert "Holm for the primary measures, no correction for all others" in text(
        as_evaluator.get(f"{PLAN}freeze/")
    )
