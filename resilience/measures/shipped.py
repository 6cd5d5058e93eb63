"""The instruments that ship with the product, read from their files once in each process."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from resilience.measures import rules_file, text_pack
from resilience.measures.faults import Fault, Faulty
from resilience.measures.instrument import Instrument, in_order

FOLDER = Path(__file__).parent


@cache
def newest() -> dict[str, Instrument]:
    """Return the newest version of each instrument that ships, by key. Raises Faulty."""
    return {each.key: each for each in sorted(versions(), key=lambda one: in_order(one.version))}


@cache
def versions() -> tuple[Instrument, ...]:
    """Return every version that ships. Raises Faulty."""
    return tuple(read(FOLDER).values())


def read(folder: Path) -> Mapping[tuple[str, str], Instrument]:
    """Return what the files below a folder describe, by key and version. Raises Faulty, naming file and line.

    A rules file is called `<key>.toml`, or `<key>-<version>.toml` where several versions stand side by side; its text
    pack has the same name in `texts/`. An instrument without a text pack is rules only.
    """
    found: dict[tuple[str, str], Instrument] = {}
    for path in sorted((folder / "instruments").glob("*.toml")):
        instrument = rules_file.read(path.read_text(), file=path.name)
        if path.stem not in (instrument.key, f"{instrument.key}-{instrument.version}"):
            raise Faulty(path.name, [Fault(1, f"the file of “{instrument.key}” has another name")])
        if (instrument.key, instrument.version) in found:
            raise Faulty(
                path.name, [Fault(1, f"“{instrument.key}” in version {instrument.version} stands twice")]
            )
        text = folder / "texts" / path.name
        if text.exists():
            name = f"texts/{path.name}"
            instrument = text_pack.read(text.read_text(), file=name, of=instrument, shipped=True)
        found[instrument.key, instrument.version] = instrument
    return found
