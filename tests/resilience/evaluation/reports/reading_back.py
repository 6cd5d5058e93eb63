"""A printed document, read back by other programs than the one that made it."""

import subprocess
from pathlib import Path

import pikepdf


def elements(node, kind: str):
    """Every structure element of a kind below a node."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child, kind)
    elif isinstance(node, pikepdf.Dictionary) and ("/S" in node or "/K" in node):
        if node.get("/S") == kind:
            yield node
        if "/K" in node:
            yield from elements(node.K, kind)


def pages(printed: bytes, folder: Path) -> list[str]:
    """The words of each page, as they are laid out."""
    told = _told(["pdftotext", "-layout"], printed, folder, "-")
    return told.split("\f")[:-1]


def fonts(printed: bytes, folder: Path) -> list[str]:
    """A line for each font, which says whether it is embedded."""
    return _told(["pdffonts"], printed, folder).splitlines()[2:]


def _told(command: list[str], printed: bytes, folder: Path, *more: str) -> str:
    path = folder / "r.pdf"
    path.write_bytes(printed)
    return subprocess.run([*command, path, *more], capture_output=True, text=True, check=True).stdout
