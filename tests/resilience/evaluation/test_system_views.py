import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resilience.evaluation import system_outcomes
from resilience.evaluation.dataset.told_of_units import Told
from resilience.evaluation.models import Deviation, SystemOutcome

pytestmark = pytest.mark.django_db

SYSTEM = "/evaluations/new/system/"
HEAD = "unit,period,outcome,value\n"
ODD_NAME = '=HYPERLINK("x") وحدة'


def text(response) -> str:
    return response.content.decode()


def upload(client, content: bytes):
    return client.post(f"{SYSTEM}file/", {"file": SimpleUploadedFile("units.csv", content)})


def test_a_unit_is_told_of_on_the_form(unanswered, as_evaluator):
    empty = text(as_evaluator.get(SYSTEM))
    answer = as_evaluator.post(SYSTEM, {"unit": ODD_NAME, "period": "2026 Q3", "absence": "4.5"})

    assert unanswered.plan.content["no_system_outcomes"] in empty
    assert answer.status_code == 302
    page = text(as_evaluator.get(SYSTEM))
    assert "=HYPERLINK(&quot;x&quot;) وحدة" in page
    assert '<td class="r">4.5</td>' in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Write at least one number"),
        ({"absence": "101"}, "Write a number from 0 to 100"),
        ({"climate_asking": "0.5"}, "Write a number from 1 to 5"),
        ({"absence": "4", "period": ""}, "Write the period"),
        ({"absence": "4", "unit": "w" * 301}, "Write 300 letters or fewer"),
    ],
    ids=["nothing", "too much", "too little", "no period", "long name"],
)
def test_what_is_odd_is_said_and_what_was_typed_stays(unanswered, as_evaluator, typed, words):
    answer = as_evaluator.post(SYSTEM, {"unit": "Ward 7", "period": "2026 Q3", "protected_time": ""} | typed)

    assert answer.status_code == 422
    assert words in text(answer)
    assert "Ward 7" in text(answer) or "unit" in typed
    assert not SystemOutcome.objects.exists()


def test_a_file_is_taken_whole(unanswered, as_evaluator):
    answer = upload(as_evaluator, f"{HEAD}Ward 1,2026 Q3,absence,4\nWard 2,2026 Q3,absence,5\n".encode())

    assert answer.status_code == 302
    assert SystemOutcome.objects.count() == 2


def test_a_file_with_an_odd_row_is_refused_by_row_and_column_and_nothing_is_taken(unanswered, as_evaluator):
    answer = upload(as_evaluator, f"{HEAD}Ward 1,2026 Q3,absence,4\nWard 2,2026 Q3,absence,lots\n".encode())

    assert answer.status_code == 422
    assert "Row 3, column “value”" in text(answer)
    assert not SystemOutcome.objects.exists()


def test_a_file_that_is_too_large_is_refused(unanswered, as_evaluator):
    answer = upload(as_evaluator, b"x" * (system_outcomes.MOST_BYTES + 1))

    assert (answer.status_code, "larger than 1 MB" in text(answer)) == (422, True)


def test_what_was_told_comes_out_as_a_file_that_goes_in_again_and_holds_no_formula(unanswered, as_evaluator):
    as_evaluator.post(SYSTEM, {"unit": ODD_NAME, "period": "2026 Q3", "absence": "4.5"})

    out = as_evaluator.get(f"{SYSTEM}units.csv").content
    SystemOutcome.objects.all().delete()
    upload(as_evaluator, out)

    assert b"\"'=HYPERLINK" in out
    assert SystemOutcome.objects.get().unit == ODD_NAME


def test_a_unit_is_taken_out_again(unanswered, as_evaluator):
    as_evaluator.post(SYSTEM, {"unit": "Ward 1", "period": "2026 Q3", "absence": "4.5"})

    for _time in range(2):
        answer = as_evaluator.post(f"{SYSTEM}take-out/", {"unit": "Ward 1", "period": "2026 Q3"})
        assert answer.status_code == 302

    assert not SystemOutcome.objects.exists()


def asked(client, path) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_the_page_and_the_plan_ask_the_database_as_often_for_1000_rows_as_for_one(
    unanswered, as_evaluator, chi, tuesday
):
    found = []
    for first, last in ((0, 1), (1, 10), (10, 1000)):
        rows = [Told(f"Ward {number}", "2026 Q3", "absence", 4) for number in range(first, last)]
        system_outcomes.tell(evaluation=unanswered, rows=rows, by=chi, now=tuesday)
        Deviation.objects.bulk_create(
            Deviation(evaluation=unanswered, version=1, at=tuesday, what="a", why="b") for _row in rows
        )
        found.append([asked(as_evaluator, SYSTEM), asked(as_evaluator, "/evaluations/new/plan/")])

    assert found[0] == found[1] == found[2]
