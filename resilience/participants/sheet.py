"""The information sheet as somebody types it: paragraphs, "## headings", "- lists" and **bold**; no HTML."""

import re
from html import escape, unescape

BOLD = re.compile(r"\*\*(.+?)\*\*")
STILL_OPEN = re.compile(r"\[[^\[\]]*\]")
TAG = re.compile(r"<[^>]*>")
AS_TYPED = (
    (re.compile(r"\s*<h[2-4][^>]*>"), "\n\n## "),
    (re.compile(r"\s*<li[^>]*>"), "\n- "),
    (re.compile(r"\s*<(p|ul|ol)( [^>]*)?>"), "\n\n"),
    (re.compile(r"</?(strong|b)>"), "**"),
)


class Unfinished(Exception):
    """Places in square brackets wait to be filled in; its argument names the first."""


def to_html(text: str) -> str:
    """Return the sheet as HTML of headings, lists, paragraphs and bold alone. Raises Unfinished."""
    if left := STILL_OPEN.search(text):
        raise Unfinished(left.group())
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "\n".join(_block(block.strip()) for block in blocks if block.strip())


def _block(block: str) -> str:
    lines = [line.strip() for line in block.split("\n")]
    if lines[0].startswith("## "):
        heading = f"<h2>{_inline(lines[0][3:])}</h2>"
        return "\n".join([heading, _block("\n".join(lines[1:]))]) if lines[1:] else heading
    if all(line.startswith("- ") for line in lines):
        items = "".join(f"<li>{_inline(line[2:])}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(words: str) -> str:
    return BOLD.sub(r"<strong>\1</strong>", escape(words.strip(), quote=False))


def to_text(html: str) -> str:
    """Return a sheet as somebody would type it; what typing does not know (links, italics) becomes plain words."""
    for found, typed in AS_TYPED:
        html = found.sub(typed, html)
    lines = [line.strip() for line in unescape(TAG.sub("", html)).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
