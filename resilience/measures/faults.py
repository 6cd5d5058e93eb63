"""A file of ours or of a site's that cannot be used: all that is wrong with it, each with its line."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError

Place = tuple[str | int, ...]
TABLES = re.compile(r"^\s*\[\[\s*([^\]]+?)\s*\]\]")
TABLE = re.compile(r"^\s*\[\s*([^\[\]]+?)\s*\]\s*(#.*)?$")
KEY = re.compile(r"""^\s*["']?([\w.-]+)["']?\s*=""")
AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")
TWICE = ("Cannot overwrite", "Cannot declare", "Cannot redefine", "Cannot mutate")


@dataclass(frozen=True)
class Fault:
    """One thing to put right, and where it stands."""

    line: int
    reason: str


class Faulty(Exception):
    """A rules file or a text pack cannot be used; says for each fault the file, the line and what to put right."""

    def __init__(self, file: str, faults: Iterable[Fault]) -> None:
        self.file = file
        self.faults = tuple(sorted(set(faults), key=lambda fault: (fault.line, fault.reason)))
        super().__init__("\n".join(f"{file}, line {each.line}: {each.reason}" for each in self.faults))


def parsed(source: str, *, file: str) -> dict:
    """Return what a TOML file holds. Raises Faulty."""
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as why:
        raise Faulty(file, [_of_syntax(str(why), source)]) from None


def _of_syntax(why: str, source: str) -> Fault:
    found = AT_LINE.search(why)
    line = int(found.group(1)) if found else source.count("\n") + 1
    if why.startswith(TWICE):
        return Fault(line, "this key stands in the file already; give each key once")
    return Fault(line, f"this is not TOML as it should be: {AT_LINE.sub('', why)}")


def of_shape(why: ValidationError, lines: dict[Place, int]) -> list[Fault]:
    """Return the faults that pydantic found, in words for whoever wrote the file."""
    return [Fault(at(lines, error["loc"]), _reason(error)) for error in why.errors()]


def _reason(error: dict) -> str:
    field = ".".join(str(part) for part in error["loc"])
    match error["type"]:
        case "missing":
            return f"the field “{field}” is missing"
        case "extra_forbidden":
            return f"“{field}” is not a field of such a file"
        case "literal_error" if error["loc"][-1] == "rule":
            return f"“{error['input']}” is not a rule kind; the kinds are {error['ctx']['expected']}"
        case _:
            return f"“{field}”: {error['msg'][0].lower()}{error['msg'][1:]}, not {error['input']!r}"


def at(lines: dict[Place, int], place: Place) -> int:
    """Return the line of a place in a file, or of the nearest thing around it."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def lines_of(source: str) -> dict[Place, int]:
    """Return the line on which each table and each key of a TOML file stands."""
    found: dict[Place, int] = {}
    counts: dict[str, int] = {}
    around: Place = ()
    for number, line in enumerate(source.splitlines(), start=1):
        if tables := TABLES.match(line):
            name = tables.group(1)
            counts[name] = counts.get(name, -1) + 1
            around = (*_parts(name), counts[name])
            found.setdefault(around, number)
        elif table := TABLE.match(line):
            around = _parts(table.group(1))
            found.setdefault(around, number)
        elif key := KEY.match(line):
            found.setdefault((*around, *_parts(key.group(1))), number)
    return found


def _parts(name: str) -> Place:
    return tuple(part.strip(" \"'") for part in name.split("."))
