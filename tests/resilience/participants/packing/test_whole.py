"""A pack comes in whole or not at all, and says where it is broken."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from content_pages.models import ActivityPage, HomePage, ModulePage, ProgrammePage
from resilience.audit.models import AuditEvent
from resilience.measures.models import Timepoint
from resilience.participants import consent
from resilience.participants.models import Programme
from resilience.participants.packing import documents, parts, whole, zips
from tests.factories import arms
from tests.factories.content_pages import in_french
from tests.factories.packs import changed, files_of, zipped

READING = "pages/en-gb/programme/01-being-human-at-work/01-good-people-hard-jobs.json"
WRITING = "pages/en-gb/programme/01-being-human-at-work/02-what-i-would-want-to-hear.json"
MODULE = "pages/en-gb/programme/01-being-human-at-work.json"


def refused(raw: bytes, now) -> str:
    """Return why a pack is refused, once nothing is found to have come of it."""
    before = Page.objects.count()
    with pytest.raises(documents.Broken) as broken:
        whole.bring_in(raw=raw, by=None, now=now)
    assert not Programme.objects.exists()
    assert Page.objects.count() == before
    return str(broken.value)


def test_the_same_programme_gives_the_same_bytes(programme, packed, tuesday):
    assert whole.export(programme=programme, by=None, now=tuesday) == packed


def test_a_pack_comes_in_and_goes_out_the_same(emptied, tuesday):
    made = whole.bring_in(raw=emptied, by=None, now=tuesday)

    assert whole.export(programme=made, by=None, now=tuesday) == emptied
    assert Timepoint.objects.filter(programme=made).count() == 5
    assert AuditEvent.objects.filter(event="pack_imported", target_id=str(made.pk)).exists()


def test_no_words_of_a_questionnaire_are_in_a_pack(packed):
    everything = b"".join(files_of(packed).values()).decode()

    assert json.loads(files_of(packed)["instruments.json"])["who5"]["version"]
    assert "cheerful" not in everything
    assert "Little interest" not in everything


def test_a_pack_holds_nobodys_data(ada, programme, tuesday):
    everything = b"".join(files_of(whole.export(programme=programme, by=None, now=tuesday)).values()).decode()

    assert "ada@example.org" not in everything
    assert str(ada.pk) not in everything


def first_block(page: dict) -> dict:
    return page["fields"]["body"][0]


def asked(page: dict, number: int) -> dict:
    question = page["fields"]["body"][1]["value"]["prompts"][number]
    return question.get("value", question)


BROKEN = {
    "an unknown block": (READING, lambda page: first_block(page).update(type="marquee"), "no block “marquee”"),
    "a part of a block that is not known": (
        READING, lambda page: page["fields"]["body"][1]["value"].update(colour="red"), "no “colour”",
    ),
    "a scale that has no numbers": (
        WRITING, lambda page: asked(page, 2).update(low=9, high=2), "The row of numbers goes up",
    ),
    "a scale in words": (WRITING, lambda page: asked(page, 2).update(low="none"), "whole number"),
    "a choice of nothing": (WRITING, lambda page: asked(page, 3).update(options=[]), "answers"),
    "an input that is not known": (
        WRITING, lambda page: asked(page, 0).update(input="telepathy"), "not in it",
    ),
    "script in rich text": (
        READING, lambda page: first_block(page).update(value="<p>Hi<script>alert(1)</script></p>"), "<script>",
    ),
    "a handler in rich text": (
        READING, lambda page: first_block(page).update(value='<p onclick="x()">Hi</p>'), "onclick",
    ),
    "a picture from elsewhere": (
        READING, lambda page: first_block(page).update(value='<p><img src="https://e.example/x.png"></p>'), "<img",
    ),
    "a link that is a script": (
        READING, lambda page: first_block(page).update(value='<p><a href="javascript:x">x</a></p>'), "javascript:x",
    ),
    "a link to a page that is not there": (
        READING,
        lambda page: first_block(page).update(
            value='<p><a linktype="page" id="00000000-0000-4000-8000-000000000000">x</a></p>'
        ),
        "names a page",
    ),
    "script in a title": (READING, lambda page: page["fields"].update(title="<script>x</script>"), "HTML"),
    "script in a short text": (
        READING, lambda page: page["fields"].update(content_note="<img onerror=x>"), "HTML",
    ),
    "an activity of an hour": (READING, lambda page: page["fields"].update(minutes=60), "ten minutes or less"),
    "minutes in words": (READING, lambda page: page["fields"].update(minutes="ten"), "does not fit"),
    "a field that is missing": (MODULE, lambda page: page["fields"].pop("summary") and None, "missing"),
    "a field that is not known": (MODULE, lambda page: page["fields"].update(colour="red"), "“colour”"),
    "a drawing that is not ours": (MODULE, lambda page: page["fields"].update(drawing="../x"), "not a valid choice"),
    "a page of another kind": (MODULE, lambda page: page.update(type="HomePage"), "cannot stand here"),
    "a key that is none": (MODULE, lambda page: page.update(translation_key="x"), "not the key"),
    "an unknown instrument": (
        "instruments.json", lambda one: one.update(pcl5={"version": "1", "licence": ""}), "pcl5",
    ),
    "another version": ("instruments.json", lambda one: one["who5"].update(version="9"), "version"),
    "an instrument that is not named": (
        "schedule.json", lambda plan: plan[0]["measures"][0].update(instrument="brs"), "does not name",
    ),
    "a time point after itself": ("schedule.json", lambda plan: plan[3].update(after="t9"), "t9"),
    "a time point twice": (
        "schedule.json", lambda plan: plan[1]["fields"].update(key="t1"), "already exists",
    ),
    "an anchor that is not known": (
        "schedule.json", lambda plan: plan[0]["fields"].update(anchor="FULL_MOON"), "FULL_MOON",
    ),
    "a time zone on the moon": ("programme.json", lambda one: one.update(time_zone="Moon/Tycho"), "time zone"),
    "a language that is not here": ("programme.json", lambda one: one.update(language="tlh"), "language"),
    "a way of coaching that is not known": ("programme.json", lambda one: one.update(coaching="ALWAYS"), "ALWAYS"),
    "script in the information": (
        "information.json", lambda one: one.update(html="<p>x</p><script>x</script>"), "<script>",
    ),
    "other settings of the report": (
        "report.json", lambda one: one["settings"].update(suppress_below=1), "differ",
    ),
    "a guide that is none": ("call_guide.json", lambda one: {"role": 1}, "missing"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_what_does_not_fit_is_refused_whole_with_its_file_and_line(case, emptied, tuesday):
    name, change, words = BROKEN[case]

    said = refused(changed(emptied, name, change), tuesday)

    assert said.startswith(f"{name}, line ")
    assert words in said


def test_the_line_is_that_of_the_thing(emptied, tuesday):
    raw = changed(emptied, READING, lambda page: page["fields"].update(minutes=60))
    lines = files_of(raw)[READING].decode().splitlines()

    said = refused(raw, tuesday)

    number = int(said.split("line ")[1].split(":")[0])
    assert lines[number - 1].strip().startswith('"minutes": 60')


def test_an_exercise_has_one_key_in_the_whole_pack(emptied, tuesday):
    files = files_of(emptied)
    block = json.loads(files[WRITING])["fields"]["body"][1]

    said = refused(changed(emptied, READING, lambda page: page["fields"]["body"].append(block)), tuesday)

    assert said.startswith(WRITING)
    assert "want_to_hear" in said


def test_a_thing_that_is_said_twice_is_refused(emptied, tuesday):
    files = files_of(emptied) | {"information.json": b'{\n"html": null,\n"html": "<p>x</p>"\n}'}

    assert refused(zips.pack(files), tuesday) == "information.json, line 3: “html” stands here twice"


def test_json_that_is_none_is_refused_with_its_line(emptied, tuesday):
    files = files_of(emptied) | {"programme.json": b'{\n "slug": \n}'}

    assert refused(zips.pack(files), tuesday).startswith("programme.json, line 3: this is not JSON")


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"[" * 100_000, b'{"slug": NaN}', b'{"slug": "\\ud800"'])
def test_json_that_would_hurt_is_refused(raw, emptied, tuesday):
    assert refused(zips.pack(files_of(emptied) | {"programme.json": raw}), tuesday).startswith(
        "programme.json"
    )


def test_a_slug_that_is_taken_says_what_to_do(programme, packed, tuesday):
    with pytest.raises(documents.Broken, match=r"programme.json, line \d+: .*already; import the pack into"):
        whole.bring_in(raw=packed, by=None, now=tuesday)

    assert Programme.objects.count() == 1


def test_what_nobody_knows_and_what_is_not_listed_is_refused(emptied, tuesday):
    files = files_of(emptied)

    assert (
        refused(zips.pack({**files, "more.json": b"1"}), tuesday)
        == "more.json: this version does not know such a file"
    )
    with_contents = {**files, zips.CONTENTS: _contents(emptied)}
    assert "not on the list" in refused(zipped({**with_contents, "more.json": b"1"}), tuesday)
    assert "missing from the pack" in refused(zipped({zips.CONTENTS: _contents(emptied)}), tuesday)
    assert "was changed" in refused(zipped({**with_contents, "schedule.json": b"[]"}), tuesday)


def _contents(raw: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(zips.CONTENTS)


@pytest.mark.parametrize("missing", ["schedule.json", "programme.json", "pictures.json", "report.json"])
def test_a_pack_without_one_of_its_files_is_refused(missing, emptied, tuesday):
    files = files_of(emptied)
    del files[missing]

    assert missing in refused(zips.pack(files), tuesday)


@pytest.mark.parametrize(
    "name", ["../evil.json", "/etc/passwd", "a/../../b", "a\\b", "pages//x", "Ünïcode.json", "pages/"]
)
def test_a_name_that_leads_elsewhere_is_refused(name, emptied, tuesday):
    assert "has the name" in refused(zipped({zips.CONTENTS: b"{}", name: b"x"}), tuesday)


def test_a_zip_that_is_none_is_refused(emptied, tuesday):
    for raw in (b"", b"PK", b"not a zip", emptied[:-50], emptied[: len(emptied) // 2]):
        assert "zip" in refused(raw, tuesday)


def test_another_format_is_refused(emptied, tuesday):
    contents = _contents(emptied).replace(b"pack/1", b"pack/7")

    assert "pack/1 alone" in refused(zipped({**files_of(emptied), zips.CONTENTS: contents}), tuesday)


def test_a_zip_that_unfolds_into_too_much_is_refused(emptied, tuesday):
    bomb = zipped({zips.CONTENTS: b"{}", "big.json": b"0" * (zips.LARGEST_FILE + 1)})
    many = zipped({f"{number}.json": b"" for number in range(zips.MOST_FILES + 1)})
    whole_of_it = zipped({f"{number}.json": b"0" * zips.LARGEST_FILE for number in range(7)})

    assert len(bomb) < 100_000
    assert refused(bomb, tuesday) == "big.json: it is too large"
    assert "more than" in refused(many, tuesday)
    assert "too large" in refused(whole_of_it, tuesday)


def test_a_page_that_stands_already_is_not_made_twice(programme, packed, tuesday):
    Programme.objects.filter(pk=programme.pk).update(slug="elsewhere")

    with pytest.raises(documents.Broken, match="stands on the site already"):
        whole.bring_in(raw=packed, by=None, now=tuesday)


def test_the_command_says_why_on_its_last_line_and_changes_nothing(emptied, tmp_path):
    file = tmp_path / "broken.zip"
    file.write_bytes(changed(emptied, READING, lambda page: page["fields"].update(minutes=60)))

    with pytest.raises(
        CommandError, match=rf"Refused, and nothing was changed. broken.zip: {READING}, line \d+: "
    ):
        call_command("import_pack", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_pack", str(tmp_path / "nothing.zip"))
    assert not ActivityPage.objects.exists()


def test_export_says_which_programmes_there_are(programme, tmp_path):
    with pytest.raises(CommandError, match="There are: steady"):
        call_command("export_pack", programme="stedy", out=tmp_path / "x.zip")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_pack", programme="steady", out=tmp_path / "no" / "x.zip")


def test_two_apps_cannot_put_in_a_part_of_one_name():
    parts.every()

    with pytest.raises(parts.NamedTwice):
        parts.part("measures", write=dict, read=print)


def test_a_programme_in_two_languages_comes_in_and_goes_out_the_same(programme, tuesday, another_site):
    top = ProgrammePage.objects.get(slug=programme.slug)
    in_french(top)
    consent.publish(programme=programme, information="<p>En français.</p>", language="fr", now=tuesday)
    raw = whole.export(programme=programme, by=None, now=tuesday)
    another_site()

    made = whole.bring_in(raw=raw, by=None, now=tuesday)

    assert whole.export(programme=made, by=None, now=tuesday) == raw
    assert HomePage.objects.count() == 2
    assert consent.current_form(made, language="fr").information == "<p>En français.</p>"
    french = ModulePage.objects.get(slug="rester-humain")
    assert french.get_translations().get().slug == "being-human-at-work"


def test_information_in_a_language_that_the_site_does_not_have_is_refused(emptied, tuesday):
    broken = changed(emptied, "information.json", lambda one: one["translations"].update(tlh="<p>Qapla</p>"))

    assert "this site does not have this language" in refused(broken, tuesday)


def test_groups_come_in_as_a_draft_without_a_seed_and_without_anybody(programme, tuesday):
    arms.confirmed(
        programme, now=tuesday, strata=["level"], arms=[{"kind": "PEER", "task": "Talk."}, {"kind": "NONE"}]
    )
    taken = files_of(whole.export(programme=programme, by=None, now=tuesday))["arms.json"].decode()
    told = json.loads(taken)

    assert [arm["task"] for arm in told["arms"]] == ["Talk.", ""]
    assert told["plan"] == {"by": "PERSON", "blocks": [4], "strata": ["level"]}


def test_a_pack_with_groups_comes_in_and_goes_out_the_same(emptied, tuesday):
    arm = {"key": "a", "name": "Group A", "position": 1, "share": 2, "kind": "WAITING", "weeks": 8, "timepoint": "",
           "task": ""}  # fmt: skip
    told = {"arms": [arm], "plan": {"by": "PERSON", "blocks": [4], "strata": []}}
    files = files_of(emptied) | {"arms.json": documents.dump(told)}

    made = whole.bring_in(raw=zips.pack(files), by=None, now=tuesday)

    assert json.loads(files_of(whole.export(programme=made, by=None, now=tuesday))["arms.json"]) == told
    assert (made.has_arms, made.allocation_plan.seed) == (False, "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda told: told["arms"][0].update(kind="MAYBE"), "arms.json, line 5"),
        (lambda told: told["arms"][0].update(task="<script>"), "HTML has no place"),
        (lambda told: told["plan"].update(blocks=["4"]), "whole numbers from 1 to 60"),
        (lambda told: told["plan"].update(strata=["salary"]), "kept alike in"),
    ],
)
def test_groups_that_cannot_be_are_refused(emptied, tuesday, change, words):
    arm = {"key": "a", "name": "Group A", "position": 1, "share": 1, "kind": "NONE", "weeks": None, "timepoint": "",
           "task": ""}  # fmt: skip
    told = {"arms": [arm], "plan": {"by": "PERSON", "blocks": [4], "strata": []}}
    change(told)
    raw = zips.pack(files_of(emptied) | {"arms.json": documents.dump(told)})

    assert words in refused(raw, tuesday)
