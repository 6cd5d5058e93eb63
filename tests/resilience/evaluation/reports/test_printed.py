"""The printed report, read back: structure, language, fonts. Never its bytes."""

import io
import subprocess

import pikepdf
import pytest

from resilience import pdf


@pytest.fixture(scope="module")
def printed(made) -> bytes:
    return pdf.render(html=made.html)


@pytest.fixture(scope="module")
def opened(printed):
    with pikepdf.open(io.BytesIO(printed)) as found:
        yield found


def elements(node, kind: str):
    """Every structure element of a kind below a node."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child, kind)
    elif isinstance(node, pikepdf.Dictionary) and ("/S" in node or "/K" in node):
        if node.get("/S") == kind:
            yield node
        if "/K" in node:
            yield from elements(node.K, kind)


def test_the_document_says_its_language_its_title_and_that_it_is_tagged(opened):
    root = opened.Root

    assert str(root.Lang) == "en-gb"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert bool(root.MarkInfo.Marked)
    assert str(opened.docinfo["/Title"]) == "Steady Ground: evaluation report"
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_every_figure_has_words(opened, made):
    figures = list(elements(opened.Root.StructTreeRoot, "/Figure"))

    assert len(figures) == len(made.charts)
    assert all(len(str(figure.Alt)) > 60 for figure in figures)


def test_every_cell_names_its_headers(opened):
    tree = opened.Root.StructTreeRoot

    heads, cells = list(elements(tree, "/TH")), list(elements(tree, "/TD"))
    assert all("/ID" in head for head in heads)
    assert len(cells) > 200
    assert all(_headers(cell) for cell in cells)


def _headers(cell) -> bool:
    attributes = cell.A if isinstance(cell.A, pikepdf.Array) else [cell.A]
    return any("/Headers" in one and len(one.Headers) > 0 for one in attributes)


def test_every_font_is_embedded_and_the_text_is_set_in_inter(printed, tmp_path):
    (tmp_path / "r.pdf").write_bytes(printed)
    listed = subprocess.run(
        ["pdffonts", tmp_path / "r.pdf"], capture_output=True, text=True, check=True
    ).stdout

    rows = listed.splitlines()[2:]
    assert any("Inter" in row for row in rows)
    assert all(row.split()[-5] == "yes" for row in rows)


def test_letters_of_both_subsets_are_really_drawn(tmp_path):
    """Welsh letters come from the second subset; under one family name they would print as blanks."""
    page = '<html lang="cy"><head><title>w</title></head><body style="font-family: Inter, InterExt">{}</body></html>'
    plain, welsh = (pdf.render(html=page.format(text)) for text in ("w y", "ŵ ŷ"))
    (tmp_path / "w.pdf").write_bytes(welsh)

    listed = subprocess.run(
        ["pdffonts", tmp_path / "w.pdf"], capture_output=True, text=True, check=True
    ).stdout

    assert listed.count("Inter") >= 1
    assert "DejaVu" not in listed
    assert plain != welsh


def test_each_page_of_synthetic_data_says_so(printed, tmp_path):
    (tmp_path / "r.pdf").write_bytes(printed)
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "r.pdf", "-"], capture_output=True, text=True, check=True
    )

    pages = text.stdout.split("\f")[:-1]
    assert 6 <= len(pages) <= 20
    assert all("SYNTHETIC DATA" in page for page in pages)
    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages, start=1))
