"""What an editor's rich text holds: words, headings and links, in their order."""

from dataclasses import dataclass
from html.parser import HTMLParser

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
PASSAGES = {*HEADINGS, "p", "li", "blockquote", "td", "th"}


@dataclass(frozen=True)
class Words:
    """A paragraph, a line of a list or a short text."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A heading and how deep it stands."""

    level: int
    text: str


@dataclass(frozen=True)
class Link:
    """A link: where it leads (an address, or the id of a page) and the words that are clicked."""

    text: str
    address: str = ""
    page: int | None = None


@dataclass(frozen=True)
class Picture:
    """A picture, and whether words say what it shows."""

    is_described: bool


Found = Words | Heading | Link | Picture


def read(html: str) -> list[Found]:
    """Return what stands in a rich text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_passage("p")
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Found] = []
        self.text = ""
        self.link: dict[str, str | None] | None = None
        self.link_text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in PASSAGES:
            self.end_passage("p")
        elif tag == "br":
            self.text += " "
        elif tag == "a":
            self.link, self.link_text = dict(attrs), ""
        elif tag in ("img", "embed"):
            self.found.append(Picture(bool((dict(attrs).get("alt") or "").strip())))

    def handle_data(self, data: str) -> None:
        self.text += data
        self.link_text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.link is not None:
            self.found.append(_link(self.link, _tidy(self.link_text)))
            self.link = None
        elif tag in PASSAGES:
            self.end_passage(tag)

    def end_passage(self, tag: str) -> None:
        """Close the paragraph or heading that stands open; an empty heading is kept, an empty paragraph is not."""
        text, self.text = _tidy(self.text), ""
        if tag in HEADINGS:
            self.found.append(Heading(HEADINGS[tag], text))
        elif text:
            self.found.append(Words(text))


def _link(attributes: dict[str, str | None], text: str) -> Link:
    if attributes.get("linktype") == "page":
        number = attributes.get("id") or ""
        return Link(text, page=int(number) if number.isdigit() else 0)
    return Link(text, address=attributes.get("href") or "")


def _tidy(text: str) -> str:
    return " ".join(text.split())
