"""When a part of a programme opens: what an editor can choose."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Opens(TextChoices):
    """What a part waits for."""

    START = "START", _("open from the start")
    IN_ORDER = "IN_ORDER", _("when every part before it is done")
    AFTER_MODULE = "AFTER_MODULE", _("after another part")
    FROM_DATE = "FROM_DATE", _("from a date on")
    AFTER_MEASURE = "AFTER_MEASURE", _("after questions: answered, or their time over")
    AFTER_LIVE = "AFTER_LIVE", _("after a meeting: attended, or its date passed")


BY_DEFAULT = [(each.value, each.label) for each in (Opens.IN_ORDER, Opens.START)]
