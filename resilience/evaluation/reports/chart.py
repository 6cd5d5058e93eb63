"""What a chart of the report is: a drawing, its sentence, its words in full and the table of its figures."""

import base64
from dataclasses import dataclass


@dataclass(frozen=True)
class Chart:
    """A drawing, what it shows in one sentence and in full words, and the table that holds its figures.

    `standing` says whether what it shows was planned, where that is known.
    """

    key: str
    caption: str
    sentence: str
    alt: str
    svg: str
    table: str
    number: int = 0
    standing: str = ""

    @property
    def address(self) -> str:
        """The drawing as a data URI, so that each keeps its own ids and nothing has to be fetched."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode()).decode()
