"""The printed report, read back: structure, language, fonts. Never its bytes."""

import io
import re
import subprocess

import pikepdf
import pytest

from resilience import pdf
from resilience.evaluation.reports import document, folder
from tests.resilience.evaluation.reports import reading_back

LONGEST = 26  # pages, with every appendix
FRONT = 3  # pages: for people, in short, contents
FILLED = 0.5  # of the height of a page that another follows


@pytest.fixture(scope="module")
def attached(made) -> folder.Files:
    files = folder.figure_files(made.release) | folder.table_files(made.printed_tables)
    return {name.rpartition("/")[2]: data for name, data in files.items()}


@pytest.fixture(scope="module")
def printed(made, attached) -> bytes:
    return pdf.render(html=made.html, attached=attached)


@pytest.fixture(scope="module")
def pages(printed, tmp_path_factory) -> list[str]:
    """The words of each page, as they are laid out."""
    return reading_back.pages(printed, tmp_path_factory.mktemp("printed"))


@pytest.fixture(scope="module")
def filled(printed, tmp_path_factory) -> list[float]:
    """How far down the words of each page reach, its head and foot aside."""
    path = tmp_path_factory.mktemp("filled") / "r.pdf"
    path.write_bytes(printed)
    told = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    found = []
    for page in told.split("<page ")[1:]:
        high = float(re.search(r'height="([\d.]+)"', page).group(1))
        lowest = [float(y) / high for y in re.findall(r'yMax="([\d.]+)"', page)]
        found.append(max((y for y in lowest if y < FOOT), default=0.0))
    return found


@pytest.fixture(scope="module")
def opened(printed):
    with pikepdf.open(io.BytesIO(printed)) as found:
        yield found


FOOT = 0.942  # of the height of a page: below stand its number and the evaluation


def test_the_document_says_its_language_its_title_and_that_it_is_tagged(opened):
    root = opened.Root

    assert str(root.Lang) == "en-gb"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert bool(root.MarkInfo.Marked)
    assert str(opened.docinfo["/Title"]) == "Steady Ground: evaluation report"
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_every_figure_has_words(opened, made):
    figures = list(reading_back.elements(opened.Root.StructTreeRoot, "/Figure"))

    assert len(figures) == len(made.charts)
    assert all(len(str(figure.Alt)) > 60 for figure in figures)


def test_every_cell_names_its_headers(opened):
    tree = opened.Root.StructTreeRoot

    heads, cells = list(reading_back.elements(tree, "/TH")), list(reading_back.elements(tree, "/TD"))
    assert all("/ID" in head for head in heads)
    assert len(cells) > 200
    assert all(_headers(cell) for cell in cells)


def _headers(cell) -> bool:
    attributes = cell.A if isinstance(cell.A, pikepdf.Array) else [cell.A]
    return any("/Headers" in one and len(one.Headers) > 0 for one in attributes)


def test_every_font_is_embedded_and_the_text_is_set_in_inter(printed, tmp_path):
    rows = reading_back.fonts(printed, tmp_path)

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


def test_each_page_says_what_it_is_a_page_of(pages, made):
    mark = made.release.figures["snapshot"]["checksum"][:12]
    head = f"Steady Ground · data as of 1 June 2026 · snapshot {mark}"

    assert 12 <= len(pages) <= LONGEST
    for number, page in enumerate(pages, start=1):
        assert head in " ".join(page.split())
        assert f"Page {number} of {len(pages)}" in page
        assert "SYNTHETIC DATA" in page


def test_the_page_for_the_people_who_took_part_is_one_page_and_the_first(pages):
    assert "For the people who took part" in pages[0]
    assert "What about your answers?" in pages[0]
    assert "In short" in pages[1]
    assert "Contents" in pages[2]


def test_the_contents_name_the_page_on_which_each_section_begins(pages):
    for number, title in ((1, "Who took part, and who stayed"), (17, "What these data cannot say")):
        told = int(re.search(rf"{number}\s+{title}[ .]*(\d+)", pages[2]).group(1))

        assert re.search(rf"^\s*{number}\s+{title}", pages[told - 1], re.MULTILINE)


def test_a_table_that_breaks_has_its_head_on_the_next_page_too(pages):
    heads = [page for page in pages if re.search(r"Item\s+What it asks\s+Where it stands", page)]

    assert len(heads) >= 3
    assert sum(page.count("What it asks") for page in pages) > 4


def test_an_item_of_a_checklist_names_the_page(pages):
    text = " ".join(" ".join(pages).split())

    assert re.search(r"A flow diagram Section 1, Figure 2, page \d+", text)


def test_the_tables_and_the_figures_lie_inside_the_document(opened, attached):
    inside = {name: one.get_file().read_bytes() for name, one in opened.attachments.items()}

    assert inside == attached
    assert {"figures.json", "figures.csv", "01_flow.csv"} <= set(inside)


def test_what_lies_inside_says_nothing_of_when_it_was_made(printed):
    with pikepdf.open(io.BytesIO(printed)) as found:
        kept = found.attachments["figures.json"].obj.EF.F.Params

    assert str(kept.CreationDate) == str(kept.ModDate) == "D:19800101000000Z"


def test_no_page_is_half_empty(filled):
    assert all(reach > FILLED for reach in filled[FRONT:-1]), filled


def test_a_table_that_breaks_leaves_no_row_alone(pages):
    """Of a table that goes on, a page has its head and four rows or more."""
    for page in pages:
        lines = [line.split() for line in page.splitlines() if line.strip()][1:]
        if lines[0] == ["Item", "What", "it", "asks", "Where", "it", "stands"]:
            rest = [place for place, words in enumerate(lines) if words[:1] == ["Of"]]
            assert not rest or rest[0] > 4, page


def test_only_figures_are_set_in_figures_of_one_width():
    """Digits of one width come with a hyphen of their width, which sets the words on both sides apart."""
    rules = [line for line in document.style().splitlines() if "tabular-nums" in line]

    assert [rule.partition(" {")[0] for rule in rules] == ["tbody td"]
