"""The printed report in French, read back: a document of its own, not the English one with other words."""

import io

import pikepdf
import pytest

from resilience import pdf
from tests.resilience.evaluation.reports import reading_back


@pytest.fixture(scope="module")
def printed(made_in_french) -> bytes:
    return pdf.render(html=made_in_french.html, attached={})


@pytest.fixture(scope="module")
def opened(printed):
    with pikepdf.open(io.BytesIO(printed)) as found:
        yield found


def test_the_document_says_that_it_is_french_and_what_it_is_called(opened):
    assert str(opened.Root.Lang) == "fr"
    assert bool(opened.Root.MarkInfo.Marked)
    assert str(opened.docinfo["/Title"]) == "Steady Ground: rapport d’évaluation"


def test_every_figure_has_french_words(opened, made, made_in_french):
    told = [str(figure.Alt) for figure in reading_back.elements(opened.Root.StructTreeRoot, "/Figure")]

    assert sorted(told) == sorted(chart.alt for chart in made_in_french.charts.values())
    assert not set(told) & {chart.alt for chart in made.charts.values()}
    assert all(len(alt) > 60 for alt in told)


def test_every_font_of_the_french_document_is_embedded(printed, tmp_path):
    rows = reading_back.fonts(printed, tmp_path)

    assert any("Inter" in row for row in rows)
    assert all(row.split()[-5] == "yes" for row in rows)


def test_french_letters_and_marks_are_really_drawn(printed, tmp_path):
    text = " ".join(" ".join(reading_back.pages(printed, tmp_path)).split())

    assert "INVENTÉES" in text
    assert "RAPPORT D’ÉVALUATION" in text
    assert "93,9 %" in text.replace("\u202f", " ").replace("\xa0", " ")
