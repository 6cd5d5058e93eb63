"""Our own line drawings: files in the repository, chosen by name."""

from pathlib import Path

from django.core.validators import RegexValidator
from django.templatetags.static import static

FOLDER = Path(__file__).parent / "static" / "content_pages" / "drawings"
a_name = RegexValidator(r"^[a-z0-9_]*$")


def names() -> list[tuple[str, str]]:
    """Return the drawings there are, as choices."""
    return [(file.stem, file.stem.replace("_", " ")) for file in sorted(FOLDER.glob("*.svg"))]


def address(name: str) -> str:
    """Return where a drawing is served."""
    return static(f"content_pages/drawings/{name}.svg")
