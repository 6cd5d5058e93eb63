"""The source as the guards read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("resilience", "content_pages")


@cache
def modules() -> tuple[Path, ...]:
    """Return every module of ours, without migrations."""
    return tuple(
        path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
    )


@cache
def tree(path: Path) -> ast.Module:
    """Return a module as a syntax tree."""
    return ast.parse(path.read_text(), filename=str(path))


def name(path: Path) -> str:
    """Return how messages call a file."""
    return str(path.relative_to(ROOT))


def imports(module: ast.Module) -> Iterator[str]:
    """Yield the dotted name of everything that a module imports, wherever in it."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
