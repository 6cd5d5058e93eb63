"""JSON in a pack: written in one way only, and read so that each fault is told with its file and line."""

import json
import re
from collections.abc import Iterable, Iterator
from json.decoder import scanstring
from typing import Any, NoReturn

Place = tuple[str | int, ...]
SPACE = re.compile(r"[ \t\r\n]*")
WORDS = {str: "words", int: "a whole number", bool: "true or false", list: "a list", dict: "an object"}
_decoder = json.JSONDecoder()


class Broken(Exception):
    """The pack cannot be used; says which file, which line, and what is wrong there."""

    def __init__(self, words: str, *, file: str = "", line: int = 0) -> None:
        self.words, self.file, self.line = words, file, line
        where = f"{file}, line {line}: " if line else (f"{file}: " if file else "")
        super().__init__(where + words)


def dump(value: object) -> bytes:
    """Return JSON that is the same for the same content: keys sorted, one thing on a line."""
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


class Document:
    """One JSON file of a pack."""

    def __init__(self, name: str, raw: bytes) -> None:
        """Read the file. Raises Broken where it is no JSON, or says a thing twice."""
        self.name = name
        try:
            self.text = raw.decode()
            self.value: Any = json.loads(self.text, parse_constant=_no_constant)
        except UnicodeDecodeError:
            raise Broken("this is not UTF-8 text", file=name) from None
        except json.JSONDecodeError as error:
            raise Broken(f"this is not JSON ({error.msg})", file=name, line=error.lineno) from None
        except (ValueError, RecursionError) as error:
            raise Broken(f"this is not JSON that can be used ({error})", file=name) from None
        self._say_each_thing_once()

    def _say_each_thing_once(self) -> None:
        seen: set[Place] = set()
        for place, at in _places(self.text):
            if place in seen:
                raise Broken(f"“{place[-1]}” stands here twice", file=self.name, line=_line(self.text, at))
            seen.add(place)

    def refuse(self, place: Place, words: str) -> NoReturn:
        """Raise Broken for what stands at a place, or for the nearest thing around it."""
        at = dict(_places(self.text))
        while place and place not in at:
            place = place[:-1]
        raise Broken(words, file=self.name, line=_line(self.text, at[place]))

    def take(self, place: Place, kind: type, *, or_none: bool = False) -> Any:
        """Return what stands at a place. Raises Broken where nothing does, or something of another kind."""
        found = self.value
        for step in place:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                self.refuse(place, f"“{step}” is missing here")
        if found is None and or_none:
            return None
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            self.refuse(place, f"“{place[-1] if place else self.name}” should be {WORDS[kind]}")
        return found

    def only(self, place: Place, names: Iterable[str]) -> dict:
        """Return the object at a place. Raises Broken where it has a name that is not among `names`, or lacks one."""
        found, wanted = self.take(place, dict), set(names)
        for name in sorted(set(found) - wanted):
            self.refuse((*place, name), f"this version does not know “{name}”")
        for name in sorted(wanted - set(found)):
            self.refuse(place, f"“{name}” is missing here")
        return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _places(text: str) -> Iterator[tuple[Place, int]]:
    """Yield where each thing stands in a text that is JSON."""
    yield from _below(text, _skip(text, 0), ())


def _below(text: str, at: int, place: Place) -> Iterator[tuple[Place, int]]:
    yield place, at
    if text[at] == "{":
        return (yield from _object(text, _skip(text, at + 1), place))
    if text[at] == "[":
        return (yield from _array(text, _skip(text, at + 1), place))
    _value, end = _decoder.raw_decode(text, at)
    return end


def _object(text: str, at: int, place: Place) -> Iterator[tuple[Place, int]]:
    while text[at] != "}":
        name, end = scanstring(text, at + 1)
        value = _skip(text, _skip(text, end) + 1)  # the colon stands between
        at = _after(text, (yield from _below(text, value, (*place, name))))
    return at + 1


def _array(text: str, at: int, place: Place) -> Iterator[tuple[Place, int]]:
    number = 0
    while text[at] != "]":
        at = _after(text, (yield from _below(text, at, (*place, number))))
        number += 1
    return at + 1


def _after(text: str, at: int) -> int:
    at = _skip(text, at)
    return _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    return SPACE.match(text, at).end()
