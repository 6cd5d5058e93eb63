"""Uploads that are not what they say are refused in words; what is served is what it says, and nothing runs."""

import io
import struct
import wave
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.documents.models import Document
from wagtail.images.models import Image as Picture

from content_pages import sounds

# Wagtail leaves the file of a picture to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*Unclosed file.*", "ignore::pytest.PytestUnraisableExceptionWarning"
)
HTML = b"<!doctype html><script>alert(document.domain)</script>"
PICTURES, SOUNDS = "/cms/images/add/", "/cms/documents/add/"


def png(side: int = 8, *, text: bytes = b"") -> bytes:
    """Return a small picture, with words in one of its chunks."""
    file = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(file, "PNG")
    whole, body = file.getvalue(), b"Comment\x00" + text
    chunk = struct.pack(">I", len(body)) + b"tEXt" + body + struct.pack(">I", zlib.crc32(b"tEXt" + body))
    return whole[:33] + chunk + whole[33:] if text else whole


def bomb() -> bytes:
    """Return a picture of 12,000 by 12,000 dots in a few kilobytes."""
    rows = zlib.compress(bytes(1501) * 12_000, 9)
    parts = (b"IHDR", struct.pack(">IIBBBBB", 12_000, 12_000, 1, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def wav() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", "not compressed"))
        sound.writeframes(bytes(800))
    return file.getvalue()


def upload(client: Client, address: str, name: str, content: bytes) -> str:
    """Return the page that an editor sees after an upload."""
    form = {
        "title": "Something",
        "file": SimpleUploadedFile(name, content),
        "collection": "1",
        "tags": "",
        "description": "",
    }
    return client.post(address, form, follow=True).content.decode()


HOSTILE_PICTURES = {
    "a script as a picture": ("x.png", HTML, "Choose a picture: PNG, JPEG, WebP or AVIF."),
    "a drawing that can run scripts": (
        "x.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "format",
    ),
    "a drawing under another name": ("x.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', ""),
    "one kind under the name of another": ("x.jpg", png(), "does not match"),
    "a moving picture": ("x.gif", b"GIF89a" + bytes(20), "format"),
    "a small file that unpacks to a large one": ("x.png", bomb(), "too many pixels"),
    "more than the proxy takes": ("x.png", png() + bytes(2_600_000), "too big"),
    "half of a picture": ("x.png", png()[:20], "This picture is broken."),
}


@pytest.mark.parametrize("case", HOSTILE_PICTURES)
def test_a_picture_that_is_not_what_it_says_is_refused_in_words(steady, as_editor, case):
    name, content, words = HOSTILE_PICTURES[case]

    page = upload(as_editor, PICTURES, name, content)

    assert not Picture.objects.exists()
    assert words in page


@pytest.mark.parametrize(
    ("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp"), ("AVIF", "avif")]
)
def test_a_picture_that_is_one_is_taken(steady, as_editor, kind, ending):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, kind)

    upload(as_editor, PICTURES, f"ward.{ending}", file.getvalue())

    assert Picture.objects.get().width == 40


def test_what_hides_in_a_picture_is_not_in_what_is_shown(steady, as_editor):
    upload(as_editor, PICTURES, "ward.png", png(text=HTML))

    shown = Picture.objects.get().get_rendition("width-1200|format-webp")

    with shown.file.open() as file:
        assert b"script" not in file.read()
    served = Client().get(shown.url)
    assert (served["Content-Type"], served["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    original = Picture.objects.get().file.name.rsplit("/", 1)[-1]
    assert Client().get(f"/media/images/{original}").status_code == 404


HOSTILE_SOUNDS = {
    "a page as a sound": ("x.mp3", HTML, "not what is in it"),
    "a picture as a sound": ("x.wav", png(), "not what is in it"),
    "one kind under the name of another": ("x.ogg", wav(), "not what is in it"),
    "a program": ("x.m4a", b"MZ" + bytes(64), "not what is in it"),
    "a page": ("x.html", HTML, "Choose a sound"),
    "a document": ("x.pdf", b"%PDF-1.7", "Choose a sound"),
    "nothing": ("x.mp3", b"", ""),
    "more than the proxy takes": ("x.wav", wav() + bytes(2_600_000), "too big"),
}


@pytest.mark.parametrize("case", HOSTILE_SOUNDS)
def test_a_sound_that_is_not_what_it_says_is_refused_in_words(steady, as_editor, case):
    name, content, words = HOSTILE_SOUNDS[case]

    page = upload(as_editor, SOUNDS, name, content)

    assert not Document.objects.exists()
    assert words in page


HEADS = {
    "mp3": b"ID3\x04\x00" + bytes(60), "m4a": b"\x00\x00\x00\x20ftypM4A " + bytes(60), "ogg": b"OggS" + bytes(60),
    "wav": wav(),
}  # fmt: skip


@pytest.mark.parametrize("ending", HEADS)
def test_a_sound_that_is_one_is_taken_and_served_as_what_it_is(steady, as_editor, ending):
    upload(as_editor, SOUNDS, f"tone.{ending}", HEADS[ending])

    served = Client().get(f"/media/documents/{Document.objects.get().filename}")

    assert served.content == HEADS[ending]
    assert (served["Content-Type"], served["X-Content-Type-Options"]) == (
        sounds.KINDS[f".{ending}"],
        "nosniff",
    )


@pytest.mark.parametrize(
    ("asked", "status", "said", "size"),
    [
        ("bytes=0-9", 206, "bytes 0-9/64", 10),
        ("bytes=60-", 206, "bytes 60-63/64", 4),
        ("bytes=-4", 206, "bytes 60-63/64", 4),
        ("bytes=0-9999", 206, "bytes 0-63/64", 64),
        ("bytes=64-", 416, "bytes */64", 0),
        ("bytes=9-3", 416, "bytes */64", 0),
        ("bytes=-", 416, "bytes */64", 0),
        ("bytes=0-1,5-6", 200, None, 64),
        ("lines=1-2", 200, None, 64),
    ],
)
def test_a_part_of_a_sound_is_answered(db, settings, tmp_path, asked, status, said, size):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "tone.ogg").write_bytes(b"OggS" + bytes(60))

    served = Client().get("/media/documents/tone.ogg", headers={"Range": asked})

    assert (served.status_code, served.headers.get("Content-Range"), len(served.content)) == (
        status,
        said,
        size,
    )


@pytest.mark.parametrize("name", ["notes.txt", "..%2Fsecrets.env", "tone.ogg.html", "nothing.ogg"])
def test_nothing_but_a_sound_is_served(db, settings, tmp_path, name):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media" / "documents").mkdir(parents=True)
    (tmp_path / "media" / "documents" / "notes.txt").write_text("notes")
    (tmp_path / "secrets.env").write_text("SECRET_KEY=x")

    assert Client().get(f"/media/documents/{name}").status_code == 404
