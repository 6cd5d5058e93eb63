"""What there is to put right on a page: in which block, in which words, and whether it stops publication."""

from dataclasses import dataclass

from content_pages.checking.pieces import Piece


@dataclass(frozen=True)
class Fault:
    """One thing to put right, in words for whoever writes the page."""

    piece: Piece
    words: str
    refuses: bool = True

    @property
    def told(self) -> str:
        """Return where it stands and what to do."""
        return f"{self.piece.name}: {self.words}"
