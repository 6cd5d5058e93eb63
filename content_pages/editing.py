"""What an editor is asked to put right before a page is kept."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue


class ActivityForm(WagtailAdminPageForm):
    """Exercises are found by their key: one key for each in a whole programme, or one would hide another's words."""

    def clean(self) -> dict:
        """Return what was typed, with a message where two exercises have one key."""
        cleaned = super().clean()
        here = Counter(keys(cleaned.get("body") or ()))
        taken = set(self._elsewhere()) if here else set()
        for key in sorted(key for key, times in here.items() if times > 1 or key in taken):
            words = _(
                "Another exercise of this programme has the key “%(key)s”. Give this one a key of its own."
            )
            self.add_error("body", words % {"key": key})
        for key in missing_before(cleaned.get("body") or ()):
            words = _(
                "No exercise further up on this page has the key “%(key)s”, so nothing can stand beside it."
            )
            self.add_error("body", words % {"key": key})
        return cleaned

    def _elsewhere(self) -> Iterable[str]:
        programme = self.parent_page.get_parent()
        others = type(self.instance).objects.descendant_of(programme).exclude(pk=self.instance.pk)
        return (key for page in others for key in keys(page.body))


def keys(body: StreamValue | Iterable) -> list[str]:
    """Return the keys of the exercises in a stream."""
    return [block.value["key"] for block in body if block.block_type == "exercise"]


def missing_before(body: StreamValue | Iterable) -> list[str]:
    """Return the keys that an exercise wants to stand beside, and that no exercise above it has."""
    above: list[str] = []
    missing: list[str] = []
    for value in (block.value for block in body if block.block_type == "exercise"):
        if value.get("beside") and value["beside"] not in above:
            missing.append(value["beside"])
        above.append(value["key"])
    return missing
