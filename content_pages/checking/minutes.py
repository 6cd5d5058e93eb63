"""A part says how long it takes; its pieces say it too."""

from collections.abc import Mapping

from django.db.models import Model, Sum
from django.utils.translation import gettext as _

from content_pages.checking.faults import Fault
from content_pages.checking.pieces import Piece
from content_pages.models import ActivityPage, ModulePage

CLOSING = 2  # minutes for the two things to keep, the tap and the line at the end of a part


def faults(page: Model, values: Mapping[str, object] | None = None) -> list[Fault]:
    """Return a remark where the pieces of a part take another time than the part says; nothing is refused for it."""
    if not isinstance(page, ModulePage) or not page.path:
        return []
    said = (values or {}).get("minutes", page.minutes)
    pieces = ActivityPage.objects.live().child_of(page).aggregate(together=Sum("minutes"))["together"]
    if not pieces or pieces <= said <= pieces + CLOSING:
        return []
    words = _("Its pieces take %(pieces)d minutes together, and the part says %(part)s.")
    return [
        Fault(
            Piece("minutes", None, _("Minutes"), ()), words % {"pieces": pieces, "part": said}, refuses=False
        )
    ]
