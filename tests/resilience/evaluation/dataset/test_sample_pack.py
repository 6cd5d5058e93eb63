"""The sample that the import page offers is a pack that can be taken in, and tells of all that meta.json may hold."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from resilience.evaluation import import_views
from resilience.evaluation.dataset import exporting, meta
from resilience.evaluation.models import DatasetImport, Evaluation, ImportedPerson, ImportState
from resilience.measures import catalogue
from tests.architecture import source
from tests.factories import sample_pack

FOLLOW_FROM_THE_RULES = {"reversed", "range"}
GUIDE = (source.ROOT / "docs" / "guides" / "evaluator.md").read_text()


@pytest.mark.parametrize("name", ["participants.csv", "items_long.csv", "calls.csv", "meta.json"])
def test_the_sample_is_made_of_the_demonstrations_people(name):
    assert (import_views.SAMPLE / name).read_text() == sample_pack.files()[name]


@pytest.mark.django_db
def test_the_sample_that_is_handed_out_can_be_taken_in(as_evaluator, drain):
    page = as_evaluator.get("/evaluations/import/").content.decode()
    address = re.search(r'href="(\S+sample-pack.zip)"', page).group(1)
    data = as_evaluator.get(address).content
    assert "README.txt" in zipfile.ZipFile(io.BytesIO(data)).namelist()

    sent = as_evaluator.post(
        "/evaluations/import/", {"slug": "sample", "pack": SimpleUploadedFile("sample-pack.zip", data)}
    )
    drain()
    found = DatasetImport.objects.get().found
    assert (found["problems"], found["notes"]) == (0, [])

    as_evaluator.post(f"{sent.url}go-on/")
    drain()

    assert DatasetImport.objects.get().state == ImportState.DONE
    assert ImportedPerson.objects.count() == sample_pack.PEOPLE
    evaluation = Evaluation.objects.get(slug="sample")
    assert evaluation.programme.is_synthetic
    assert evaluation.system_outcomes.count() == 4


def test_every_key_of_a_plan_is_told_of_in_the_sample_or_named_there():
    text = (import_views.SAMPLE / "README.txt").read_text()

    assert {key for key in meta.CHECKS if key not in text} == FOLLOW_FROM_THE_RULES


@pytest.mark.parametrize("key", sorted({*meta.CHECKS, *exporting.TAKEN_OVER}))
def test_the_guide_tells_of_every_key_of_meta_json(key):
    assert f"`{key}`" in GUIDE


@pytest.mark.parametrize("key", sorted(catalogue.load()))
def test_the_guide_lists_every_questionnaire_by_its_key(key):
    assert f"`{key}`" in GUIDE
