import re
from html.parser import HTMLParser

from resilience.evaluation.reports import limits_of_few


class Outline(HTMLParser):
    """Collects what a reader of the structure meets."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, name: str) -> list[dict]:
        return [attrs for tag, attrs in self.tags if tag == name]


def test_the_page_stands_by_itself(made):
    outline = Outline(made.html)

    assert not outline.all("script")
    assert not outline.all("link")
    assert all(image["src"].startswith("data:image/svg+xml;base64,") for image in outline.all("img"))
    assert not any("style" in attrs for _, attrs in outline.tags)


def test_the_page_has_one_heading_a_language_and_a_way_to_help(made):
    outline = Outline(made.html)

    assert len(outline.all("h1")) == 1
    assert outline.all("html")[0]["lang"] == "en-gb"
    assert {"href": "https://x.example.org/help-now/"} in outline.all("a")


def test_every_picture_has_words_and_every_table_a_caption_and_scopes(made):
    outline = Outline(made.html)

    assert all(len(image["alt"]) > 60 for image in outline.all("img"))
    assert len(outline.all("caption")) == len(outline.all("table")) == len(made.printed_tables)
    assert all(head.get("scope") in {"col", "row", "rowgroup"} for head in outline.all("th"))


def test_synthetic_data_are_called_so_on_the_page_and_on_each_printed_one(made):
    assert "SYNTHETIC DATA" in made.html
    assert "element(label)" in made.html
    assert "face to face" in made.html


def test_the_limits_warn_of_what_exact_totals_tell_of_few(made):
    figures = made.release.figures
    found = limits_of_few.sentences(figures, made.words)
    close = figures | {
        "snapshot": figures["snapshot"]
        | {
            "close_to": [
                {"as_of": "2026-11-03T10:00:00+00:00", "people": 1},
                {"as_of": "2026-10-01T10:00:00+00:00", "people": 3},
            ]
        }
    }

    assert [one.split(":")[0] for one in found] == [
        "At T2 fewer than 10 people did not come back. The mean of everybody at the beginning and that of those who "
        "came back tell together what these few had scored at the beginning"
    ]
    warned = limits_of_few.sentences(close, made.words)[1:]
    assert warned[0].startswith("1 person lies between this report and that of 3 November 2026.")
    assert warned[1].startswith("3 people lie between this report and that of 1 October 2026.")


def test_the_limits_change_with_the_data(made, made_of_nothing):
    assert "71.2% at T3" in made.html
    assert "values are hidden so that nobody can be recognised" in made.html
    assert "values are hidden" not in made_of_nothing.html
    assert "Nobody has answered after the baseline yet." in made_of_nothing.html


def test_a_cohort_of_nobody_is_told_in_words(made_of_nothing):
    text = re.sub(r"<[^>]+>", " ", made_of_nothing.html)

    assert "Nobody has answered yet" in text
    assert text.count("There is nothing to show here yet") >= 5
    assert "nan" not in text.lower().replace("finance", "")


def test_the_first_page_says_what_changed_and_that_nobody_was_compared(made):
    findings = made.html.split('class="findings"')[1].split("</section>")[0]

    assert "Coping confidence* went up by 2.48 (95% CI" in findings
    assert "no comparison group" in findings


def test_no_word_of_the_report_shouts_or_blames(made):
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", made.html, flags=re.DOTALL)

    assert "!" not in text
    assert "invalid" not in text.lower().replace("invalidated", "")


def test_a_word_processor_that_opens_the_page_finds_plain_tables(made):
    style = made.html.split("<style>")[1].split("</style>")[0]

    assert not re.search(r"var\(|float|display: (inline-)?grid", style)
    assert not re.search(r"<(td|th|tr|table)[^>]* style=", made.html)
    assert made.html.count("<thead>") == made.html.count("<table>")
