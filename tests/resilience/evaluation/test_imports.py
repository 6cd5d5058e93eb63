import io
import shutil
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from resilience import clock
from resilience.accounts.models import Role
from resilience.evaluation import imports
from resilience.evaluation.dataset import sources
from resilience.evaluation.models import DatasetImport, Evaluation, ImportedPerson, ImportState
from tests.factories import datasets
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/evaluations/import/"


def zipped(folder, *, within="") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, within + path.name)
    return data.getvalue()


@pytest.fixture
def pack(tmp_path):
    return datasets.write(tmp_path / "pack", people=20)


@pytest.fixture
def upload(as_evaluator):
    def send(data: bytes, *, slug="elsewhere"):
        return as_evaluator.post(ADDRESS, {"slug": slug, "pack": SimpleUploadedFile("pack.zip", data)})

    return send


def spoiled(pack):
    items = pack / "items_long.csv"
    items.write_text(items.read_text() + "P000001,pre,who5,1,9\n")
    return pack


def test_a_pack_is_checked_shown_and_taken_in_once_somebody_says_so(as_evaluator, upload, pack, drain):
    sent = upload(zipped(pack, within="my pack/"))
    waiting = as_evaluator.get(sent.url).content.decode()
    drain()
    checked = as_evaluator.get(sent.url).content.decode()

    assert "<progress" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert "What was found" in checked
    assert not ImportedPerson.objects.exists()

    as_evaluator.post(f"{sent.url}go-on/")
    drain()
    done = as_evaluator.get(sent.url).content.decode()

    assert "The data are in" in done
    assert ImportedPerson.objects.count() == 20
    assert 'href="/evaluations/elsewhere/"' in done
    assert not imports.folder(DatasetImport.objects.get()).exists()


def test_named_rows_are_left_out_only_when_somebody_ticks_it(as_evaluator, upload, pack, drain):
    sent = upload(zipped(spoiled(pack)))
    drain()
    page = as_evaluator.get(sent.url).content.decode()
    refused = as_evaluator.post(f"{sent.url}go-on/")

    assert "9 is not an answer of who5" in page
    assert refused.status_code == 422
    assert 'role="alert"' in refused.content.decode()

    as_evaluator.post(f"{sent.url}go-on/", {"leave_out": "on"})
    drain()

    assert DatasetImport.objects.get().counts["left_out"] == 1
    assert Evaluation.objects.filter(slug="elsewhere").exists()


def test_a_pack_that_cannot_be_mended_by_leaving_rows_out_is_not_taken_in(as_evaluator, upload, pack, drain):
    (pack / "participants.csv").unlink()
    sent = upload(zipped(pack))
    drain()

    page = as_evaluator.get(sent.url).content.decode()
    as_evaluator.post(f"{sent.url}go-on/", {"leave_out": "on"})
    drain()

    assert "participants.csv: the file is missing" in page
    assert not Evaluation.objects.filter(slug="elsewhere").exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "This file is empty"), (b"participant,age\n", "not a ZIP file that we can read")],
    ids=["empty", "no zip"],
)
def test_a_wrong_file_is_refused_with_what_to_do(upload, data, words):
    refused = upload(data)

    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert not DatasetImport.objects.exists()


def test_a_file_that_is_too_large_is_refused(upload, pack, settings):
    settings.MOST_BYTES_OF_A_PACK = 100

    refused = upload(zipped(pack))

    assert refused.status_code == 422
    assert "is larger than" in refused.content.decode()


def test_a_zip_that_would_unpack_to_too_much_is_refused(tmp_path, monkeypatch, pack):
    monkeypatch.setattr(sources, "MOST_BYTES", 1000)
    (tmp_path / "bomb.zip").write_bytes(zipped(pack))

    with pytest.raises(sources.NoPack, match="larger than"), sources.zipped(tmp_path / "bomb.zip"):
        pass


def test_two_packs_in_one_zip_are_refused(tmp_path, pack):
    shutil.copytree(pack, tmp_path / "both" / "one")
    place = tmp_path / "both.zip"
    with zipfile.ZipFile(place, "w") as archive:
        for name in ("a/participants.csv", "b/participants.csv"):
            archive.write(pack / "participants.csv", name)

    with pytest.raises(sources.NoPack, match="same name"), sources.zipped(place):
        pass


def test_an_import_that_waits_is_stopped_at_once_and_its_file_goes(as_evaluator, upload, pack, drain):
    sent = upload(zipped(pack))

    as_evaluator.post(f"{sent.url}stop/")
    drain()

    row = DatasetImport.objects.get()
    assert row.state == ImportState.CANCELLED
    assert not imports.folder(row).exists()
    assert "This upload was dropped" in as_evaluator.get(sent.url).content.decode()


def test_an_import_under_way_stops_at_its_next_step_and_stores_nothing(upload, pack, drain):
    upload(zipped(pack))
    drain()
    row = DatasetImport.objects.get()
    imports.go_on(row, leave_out=False)
    DatasetImport.objects.update(state=ImportState.WANTED)
    row.refresh_from_db()
    (imports.folder(row) / imports.STOP).touch()

    drain()

    row.refresh_from_db()
    assert row.state == ImportState.CANCELLED
    assert not ImportedPerson.objects.exists()


def test_an_import_is_shown_to_evaluators_of_its_programme_alone(sign_in, upload, pack):
    sent = upload(zipped(pack))
    other = UserFactory()

    from resilience.accounts import roles

    roles.grant(user=other, role=Role.EVALUATOR, programme="steady", by=None, now=clock.now())

    assert sign_in(other).get(sent.url).status_code == 404
    refused = sign_in(other).post(
        ADDRESS, {"slug": "elsewhere", "pack": SimpleUploadedFile("p.zip", zipped(pack))}
    )
    assert refused.status_code == 422
    assert "for these alone: steady" in refused.content.decode()


def test_uploads_that_nobody_went_on_with_are_dropped(upload, pack, drain, tuesday):
    upload(zipped(pack))
    drain()
    row = DatasetImport.objects.get()

    imports.drop_old(now=tuesday + imports.KEPT * 2)

    assert not imports.folder(row).exists()


def look_at(as_evaluator, upload, drain, folder):
    sent = upload(zipped(folder))
    drain()
    return sent.url, as_evaluator.get(sent.url).content.decode()


def test_problems_are_grouped_by_cause_and_the_whole_list_is_a_file(as_evaluator, upload, pack, drain):
    with (pack / "items_long.csv").open("a") as file:
        file.writelines(f"P000001,pre,who5,{item},9\n" for item in range(1, 6))
        file.write("P000001,pre,xyz,1,1\n")
    with (pack / "calls.csv").open("a") as file:
        file.write("P000001,9,C1,30,came,\n")

    address, page = look_at(as_evaluator, upload, drain, pack)
    listed = b"".join(as_evaluator.get(f"{address}problems.csv")).decode("utf-8-sig").splitlines()

    assert page.count("9 is not an answer of who5") == 3
    assert "and 2 more like this" in page
    assert "there are no rules here for “xyz”" in page
    assert "“came” is not known" in page
    assert len(listed) == 1 + 7

    as_evaluator.post(f"{address}stop/")
    assert as_evaluator.get(f"{address}problems.csv").status_code == 404


@pytest.mark.parametrize(
    ("meta", "words"), [(True, "meta.json is there"), (False, "There is no meta.json, so the plan follows")]
)
def test_the_page_says_whether_a_plan_is_there_and_that_it_is_frozen(
    as_evaluator, upload, pack, drain, meta, words
):
    if not meta:
        (pack / "meta.json").unlink()

    _address, page = look_at(as_evaluator, upload, drain, pack)

    assert words in page
    assert "Taking the data in freezes" in page
    assert "Looked at first: " in page


def test_a_second_look_tells_new_rows_from_known_ones(as_evaluator, upload, pack, drain):
    address, _page = look_at(as_evaluator, upload, drain, pack)
    as_evaluator.post(f"{address}go-on/")
    drain()

    _address, page = look_at(as_evaluator, upload, drain, pack)

    assert '<code>participants.csv</code></th><td class="r">0</td><td class="r">20</td>' in page
    assert "Nothing in this pack is new" in page
    assert "The plan of this evaluation is frozen" in page
