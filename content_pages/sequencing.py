"""What an editor is asked to put right before a part's rule or a meeting is kept."""

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from content_pages import circles
from content_pages.editing import CheckedForm
from content_pages.models.opens import Opens
from resilience.coaching.models import Coach
from resilience.measures import timepoints
from resilience.measures.models import Timepoint

NEEDS = {
    Opens.AFTER_MODULE: "opens_after",
    Opens.FROM_DATE: "opens_on",
    Opens.AFTER_MEASURE: "opens_after_timepoint",
    Opens.AFTER_LIVE: "opens_after_live",
}


class ModuleForm(CheckedForm):
    """A rule names what it waits for, something of the same programme that comes for everybody, and not itself.

    A translation has no rule of its own: that of the page it translates holds.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if is_translation(self.instance):
            for name in {"opens", *NEEDS.values()} & set(self.fields):
                del self.fields[name]
        beside = self.parent_page.get_children()
        if "opens_after" not in self.fields:
            return
        self.fields["opens_after"].queryset = (
            type(self.instance).objects.filter(pk__in=beside).exclude(pk=self.instance.pk)
        )
        live = self.fields["opens_after_live"]
        live.queryset = live.queryset.filter(pk__in=beside)
        asked = self.fields["opens_after_timepoint"]
        asked.widget.choices = [("", "---------"), *((each.key, each.label) for each in self._timepoints())]

    def _timepoints(self) -> list[Timepoint]:
        return list(Timepoint.objects.filter(programme__slug=self.parent_page.slug).select_related("after"))

    def clean(self) -> dict:
        """Return what was typed, with a message where a rule cannot hold."""
        cleaned = super().clean()
        needed = NEEDS.get(cleaned.get("opens"))
        if needed in self.errors:
            return cleaned
        if needed and not cleaned.get(needed):
            self.add_error(needed, _("Say here what it waits for, or choose another rule above."))
        elif needed == "opens_after_timepoint":
            self._check_questions(cleaned[needed])
        self._check_that_nothing_goes_round(cleaned)
        return cleaned

    def _check_questions(self, key: str) -> None:
        found = next((each for each in self._timepoints() if each.key == key), None)
        if found is None:
            self.add_error("opens_after_timepoint", _("This programme has no such questions. Choose others."))
        elif not timepoints.comes_to_everybody(found):
            words = _(
                "Some people are never asked these, so the part would stay shut for them. Choose others, or give "
                "these a latest day."
            )
            self.add_error("opens_after_timepoint", words)

    def _check_that_nothing_goes_round(self, cleaned: dict) -> None:
        """Refuse a part that waits for one which itself waits, by whatever way, for this one."""
        if cleaned.get("opens") not in ("", *circles.BY_OTHERS):
            return
        if circles.goes_round(self._rules(cleaned)):
            words = _(
                "Each of these parts would wait for the other, so neither would open. Choose another rule."
            )
            self.add_error("opens_after" if cleaned["opens"] == Opens.AFTER_MODULE else "opens", words)

    def _rules(self, cleaned: dict) -> list[tuple[object, str, object]]:
        """Return each part's key, rule and the part that it names, in their order, as the newest drafts have them."""
        usual = self.parent_page.specific.opens
        pages = type(self.instance).objects.filter(pk__in=self.parent_page.get_children()).order_by("path")
        newest = [page.get_latest_revision_as_object() for page in pages.exclude(pk=self.instance.pk)]
        rules = {page.pk: (page.pk, page.opens or usual, page.opens_after_id) for page in newest}
        after = cleaned.get("opens_after")
        mine = (self.instance.pk, cleaned.get("opens") or usual, after.pk if after else None)
        if self.instance.pk is None:
            return [*rules.values(), mine]
        return [mine if page.pk == self.instance.pk else rules[page.pk] for page in pages]


def is_translation(page: Page) -> bool:
    """Return whether a page translates one in the first language."""
    if page.locale_id is None or page.locale.language_code == settings.LANGUAGE_CODE:
        return False
    return page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE).exists()


class LiveSessionForm(CheckedForm):
    """A meeting ends after it begins, and is somewhere; its facilitator is a coach of the programme."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if (facilitator := self.fields.get("facilitator")) is not None:
            coaches = Coach.objects.filter(is_active=True, programmes__slug=self.parent_page.slug)
            facilitator.queryset = coaches.order_by("shown_name")
            facilitator.label_from_instance = lambda coach: coach.shown_name

    def clean(self) -> dict:
        """Return what was typed, with a message where people could not come."""
        cleaned = super().clean()
        begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("It ends before it begins. Choose a later time."))
        if not cleaned.get("place") and not cleaned.get("link") and "link" not in self.errors:
            self.add_error("place", _("Say where it is: a place here, a link below, or both."))
        return cleaned
