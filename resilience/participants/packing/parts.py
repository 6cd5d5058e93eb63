"""Which app puts what into a pack: each lists its own in `<app>/pack.py`, found like `admin.py`.

from resilience.participants.packing import parts
parts.part("measures", write=write, read=read)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.module_loading import autodiscover_modules

from resilience.participants.models import Programme
from resilience.participants.packing.documents import Broken, Document

Files = Mapping[str, bytes]


class NamedTwice(Exception):
    """Two apps put a part of the same name into a pack."""


class Folder:
    """The files of a pack that is being read; what nobody took is found out at the end."""

    def __init__(self, files: Files) -> None:
        self.files, self.left = files, set(files)

    def take(self, name: str) -> bytes:
        """Return a file. Raises Broken where the pack has none of this name."""
        if name not in self.files:
            raise Broken(f"the file {name} is missing from the pack")
        self.left.discard(name)
        return self.files[name]

    def document(self, name: str) -> Document:
        """Return a JSON file. Raises Broken."""
        return Document(name, self.take(name))

    def below(self, prefix: str) -> list[str]:
        """Return the names of the files below a folder, in order."""
        return sorted(name for name in self.files if name.startswith(prefix))


@dataclass(frozen=True)
class Part:
    """What one app puts into a pack, and how it takes it out again."""

    name: str
    write: Callable[[Programme], Files]
    read: Callable[[Folder, Programme, datetime], None]
    after: str


_parts: dict[str, Part] = {}


def part(
    name: str,
    *,
    write: Callable[[Programme], Files],
    read: Callable[[Folder, Programme, datetime], None],
    after: str = "",
) -> None:
    """Say what an app puts into a pack. `after` names a part that is read before this one. Raises NamedTwice."""
    if name in _parts:
        raise NamedTwice(name)
    _parts[name] = Part(name, write, read, after)


def every() -> list[Part]:
    """Return the parts, those that others wait for first."""
    autodiscover_modules("pack")
    ordered: list[Part] = []
    waiting = sorted(_parts.values(), key=lambda each: each.name)
    while waiting:
        read_already = {each.name for each in ordered} | {""}
        ready = next(each for each in waiting if each.after in read_already)
        ordered.append(ready)
        waiting.remove(ready)
    return ordered
