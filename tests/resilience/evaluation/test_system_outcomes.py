import pytest

from resilience.audit.models import AuditEvent
from resilience.evaluation import circumstances, gather, system_outcomes
from resilience.evaluation.dataset.told_of_units import Told
from resilience.evaluation.models import SystemOutcome

pytestmark = pytest.mark.django_db

HEAD = "unit,period,outcome,value\n"
ARABIC = "وحدة العناية"


def load(evaluation, text: str | bytes, chi, now) -> int:
    raw = text if isinstance(text, bytes) else text.encode()
    return system_outcomes.load(evaluation=evaluation, raw=raw, by=chi, now=now)


def refusal(evaluation, text: str | bytes, chi, now) -> list[str]:
    with pytest.raises(system_outcomes.Refused) as refused:
        load(evaluation, text, chi, now)
    return refused.value.faults


def test_a_file_goes_in_whole_and_is_what_a_report_holds(unanswered, chi, tuesday):
    rows = "Ward 1,2026 Q3,absence,4.5\nWard 1,2026 Q3,climate_unsure,3\nWard 2,2026 Q3,absence,6\n"

    assert load(unanswered, HEAD + rows, chi, tuesday) == 3

    cohort = gather.Cohort(unanswered, as_of=tuesday)
    assert circumstances.of(cohort)["system"] == {
        "absence": {"Ward 1": {"2026 Q3": 4.5}, "Ward 2": {"2026 Q3": 6}},
        "climate_unsure": {"Ward 1": {"2026 Q3": 3}},
    }
    assert "system_why" not in circumstances.of(cohort)
    assert AuditEvent.objects.get(event="system_outcomes_told").facts == {"rows": 3}


def test_without_any_the_reason_of_the_plan_is_in_the_figures(unanswered, tuesday):
    found = circumstances.of(gather.Cohort(unanswered, as_of=tuesday))

    assert found["system_why"] == unanswered.plan.content["no_system_outcomes"]


def test_each_odd_cell_is_named_by_row_and_column_and_nothing_is_taken(unanswered, chi, tuesday):
    rows = (
        "Ward 1,2026 Q3,absence,4.5\n"
        ",2026 Q3,absence,5\n"
        "Ward 1,2026 Q3,sickness,5\n"
        "Ward 1,2026 Q3,climate_unsure,7\n"
        "Ward 1,2026 Q4,absence,\n"
        "Ward 1,2026 Q3,absence,4.6\n"
    )

    faults = refusal(unanswered, HEAD + rows, chi, tuesday)

    assert [fault.partition(":")[0] for fault in faults] == [
        "Row 3, column “unit”",
        "Row 4, column “outcome”",
        "Row 5, column “value”",
        "Row 6, column “value”",
        "Row 7, column “unit”",
    ]
    assert not SystemOutcome.objects.exists()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"unit,period,value\nWard 1,2026 Q3,4\n", "Row 1, column “outcome”: the column is missing"),
        ("unit,period,outcome,value\n".encode("utf-16"), "is not in UTF-8"),
        (HEAD.encode(), "holds no rows"),
        (b'unit,period,outcome,value\n"Ward 1,2026 Q3,absence,4\n', "quotation mark that is not closed"),
    ],
    ids=["column missing", "UTF-16", "no rows", "open quotation mark"],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(unanswered, chi, tuesday, raw, words):
    assert words in refusal(unanswered, raw, chi, tuesday)[0]


def test_a_file_as_a_spreadsheet_of_another_country_writes_it_is_read(unanswered, chi, tuesday):
    raw = "\ufeffUnit;Period;Outcome;Value\r\nWard 1;2026 Q3;absence;4,5\r\n".encode()

    load(unanswered, raw, chi, tuesday)

    assert SystemOutcome.objects.get().value == 4.5


@pytest.mark.parametrize(
    "name",
    ['=HYPERLINK("x")', 'Ward "1"', ARABIC, "w" * 300, "O'Brien, ward; <b>"],
    ids=["formula", "quotation marks", "right to left", "300 letters", "signs"],
)
def test_a_units_name_is_kept_as_it_was_written(unanswered, chi, tuesday, name):
    quoted = name.replace('"', '""')

    load(unanswered, f'{HEAD}"{quoted}",2026 Q3,absence,4\n', chi, tuesday)

    assert SystemOutcome.objects.get().unit == name


def test_a_name_of_more_than_300_letters_is_refused(unanswered, chi, tuesday):
    faults = refusal(unanswered, f"{HEAD}{'w' * 301},2026 Q3,absence,4\n", chi, tuesday)

    assert faults == ["Row 2, column “unit”: is longer than 300 letters: shorten it"]


def test_only_so_many_faults_are_listed(unanswered, chi, tuesday):
    faults = refusal(unanswered, HEAD + ",2026 Q3,absence,4\n" * 30, chi, tuesday)

    assert len(faults) == system_outcomes.MOST_FAULTS + 1
    assert faults[-1] == "And 10 more."


def test_the_same_unit_and_period_again_replaces_the_number(unanswered, chi, tuesday):
    for value in (4.5, 5):
        rows = [Told("Ward 1", "2026 Q3", "absence", value)]
        system_outcomes.tell(evaluation=unanswered, rows=rows, by=chi, now=tuesday)

    assert SystemOutcome.objects.get().value == 5


def test_what_is_taken_back_is_in_no_later_report(unanswered, chi, tuesday):
    load(unanswered, f"{HEAD}Ward 1,2026 Q3,absence,4\nWard 2,2026 Q3,absence,4\n", chi, tuesday)

    gone = system_outcomes.take_back(
        evaluation=unanswered, unit="Ward 1", period="2026 Q3", by=chi, now=tuesday
    )

    assert (gone, SystemOutcome.objects.get().unit) == (1, "Ward 2")
    assert AuditEvent.objects.filter(event="system_outcomes_taken_back").count() == 1
