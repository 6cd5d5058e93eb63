"""The words that our sources hold, and what the catalogues of another language make of them."""

import ast
import gettext
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

from tests.architecture import source

CATALOGUES = (
    source.ROOT / "resilience" / "locale",
    source.ROOT / "content_pages" / "locale",
    source.ROOT / "resilience" / "library_words",
)
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALLED = re.compile(rf"\b(_|n?p?gettext)\(\s*({STRING}(?:\s*,\s*{STRING})*)")
STRINGS = re.compile(STRING)
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{\w*\}(?!\})|<[^>]+>")
LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)? ?(".*")$')


class Message(NamedTuple):
    """Words of ours, the context that tells them apart, and how they are said of many."""

    words: str
    context: str = ""
    plural: str = ""


class Entry(NamedTuple):
    """A message in a catalogue, and what is said for it."""

    message: Message
    said: tuple[str, ...]


def of_file(path: Path) -> set[Message]:
    """Return the messages of a module or of a template."""
    text = path.read_text()
    return set(of_module(ast.parse(text)) if path.suffix == ".py" else of_template(text))


def of_template(text: str) -> Iterator[Message]:
    """Yield the messages of a template, read as Django reads them for translators."""
    for kind, strings in CALLED.findall(templatize(text)):
        yield _message(kind, [ast.literal_eval(each) for each in STRINGS.findall(strings)])


def of_module(tree: ast.AST) -> Iterator[Message]:
    """Yield the messages of a module, whatever its import calls the function."""
    called = {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            kind = re.sub("_(lazy|noop)$", "", called.get(node.func.id, node.func.id))
            strings = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            if re.fullmatch("_|n?p?gettext", kind) and strings and isinstance(strings[0], str):
                yield _message(kind, strings)


def _message(kind: str, strings: list[str]) -> Message:
    context = strings.pop(0) if "pgettext" in kind else ""
    return Message(strings[0], context, strings[1] if kind.startswith("n") else "")


def entries(path: Path) -> Iterator[Entry]:
    """Yield what stands in a catalogue, read without gettext's own programs."""
    for block in path.read_text().split("\n\n"):
        fields = _fields(block)
        if fields.get("msgid"):
            message = Message(fields["msgid"], fields.get("msgctxt", ""), fields.get("msgid_plural", ""))
            yield Entry(message, tuple(said for name, said in fields.items() if name.startswith("msgstr")))


def _fields(block: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if found := LINE.match(line):
            name = found[1] or name
            fields[name] = fields.get(name, "") + ast.literal_eval(found[2])
    return fields


def catalogues(language: str) -> list[Path]:
    """Return the catalogues of a language, as translators write them."""
    return [path for root in CATALOGUES if (path := root / language / "LC_MESSAGES" / "django.po").exists()]


def compiled(path: Path) -> gettext.GNUTranslations:
    """Return a catalogue as the site reads it."""
    with path.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def untold(asked: Iterable[Message], known: Iterable[Entry]) -> list[str]:
    """Return the words that no catalogue says in its language."""
    told = {(entry.message.words, entry.message.context) for entry in known if all(entry.said)}
    return sorted(each.words for each in asked if (each.words, each.context) not in told)


def loses_something(entry: Entry) -> bool:
    """Return whether a translation lacks a variable or a tag of its message, or has one too many."""
    one, *more = (
        sorted(PLACEHOLDERS.findall(words)) for words in (entry.message.words, entry.message.plural)
    )
    wanted = [one, *(more * (len(entry.said) - 1))]
    return any(
        sorted(PLACEHOLDERS.findall(said)) != each for said, each in zip(entry.said, wanted, strict=True)
    )


def says_something_else(entry: Entry, compiled_words: gettext.GNUTranslations) -> bool:
    """Return whether the compiled catalogue says a message otherwise than its source."""
    message = entry.message
    key = f"{message.context}\x04{message.words}" if message.context else message.words
    if not message.plural:
        return compiled_words.gettext(key) != entry.said[0]
    return tuple(compiled_words.ngettext(key, message.plural, n) for n in (1, 2)) != entry.said
