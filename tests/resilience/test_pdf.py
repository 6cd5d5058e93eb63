from io import BytesIO

import pytest
from PIL import Image

from resilience import pdf

PAGE = '<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><h1>T</h1>{}</body></html>'


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/x.png",
        "http://static.invalid/resilience/fonts/pdf.css",
        "file:///etc/passwd",
        "https://static.invalid/../../manage.py",
        "https://static.invalid/%2e%2e/%2e%2e/manage.py",
        "https://static.invalid//etc/passwd",
        "https://static.invalid/resilience/nothing.css",
    ],
)
def test_nothing_but_our_static_files_is_served(url):
    with pytest.raises(pdf.Refused):
        pdf.static_file(url)


def test_a_static_file_is_found_with_or_without_its_prefix():
    plain = pdf.static_file(pdf.BASE + pdf.HOUSE_FONTS)

    assert plain.name == "pdf.css"
    assert pdf.static_file(f"{pdf.BASE}static/{pdf.HOUSE_FONTS}") == plain


def test_a_document_that_asks_for_more_is_printed_without_it(caplog):
    printed = pdf.render(
        html=PAGE.format('<img src="file:///etc/passwd" alt="x"><img src="http://127.0.0.1/" alt="y">')
    )

    assert printed.startswith(b"%PDF")
    assert "Refused" in caplog.text or "file:///etc/passwd" in caplog.text


def test_after_a_document_half_a_picture_is_still_refused():
    pdf.render(html=PAGE.format(""))
    drawn = BytesIO()
    Image.new("RGB", (40, 40)).save(drawn, "PNG")

    with pytest.raises(OSError, match="truncated"):
        Image.open(BytesIO(drawn.getvalue()[:60])).load()


def test_a_machine_without_pango_says_what_to_install(monkeypatch):
    def missing():
        raise pdf.Unavailable(pdf.APT_LINE)

    monkeypatch.setattr(pdf, "_weasyprint", missing)

    with pytest.raises(pdf.Unavailable, match="apt-get install libpango"):
        pdf.render(html=PAGE.format(""))
