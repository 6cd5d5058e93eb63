"""What an editor is asked to put right before a page is kept, and before it is published."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError, StreamValue, StructBlock, StructBlockValidationError
from wagtail.models import Page

from resilience import clock
from resilience.participants.models import Programme

GO_OUT = ("action-publish", "action-submit", "action-restart-workflow")
APPROVE = "approve"


class CheckedForm(WagtailAdminPageForm):
    """A page that is published has passed its checks; a page of a frozen programme comes with a reason."""

    fix_reason = forms.CharField(
        label=gettext_lazy("Why this change is needed for safety"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "This programme is being evaluated, so its pages change for safety alone. The day, your words and your "
            "name are kept in a list."
        ),
    )  # fmt: skip

    @property
    def goes_out(self) -> bool:
        """Return whether the button that was pressed publishes the page, or sends it to a second reader."""
        return any(self.data.get(name) for name in GO_OUT) or self.is_approval

    @property
    def is_approval(self) -> bool:
        """Return whether a second reader lets the page out."""
        approves = self.data.get("workflow-action-name") == APPROVE
        return bool(self.data.get("action-workflow-action")) and approves

    def clean(self) -> dict:
        """Return what was typed, with what has to be put right before the page may go out."""
        cleaned = super().clean()
        if self.goes_out:
            self._look(cleaned)
            self._ask_why(cleaned)
        return cleaned

    def save(self, commit: bool = True) -> Page:
        """Return the page; the reason for a change of a frozen page is kept before the change is."""
        from content_pages import fixing

        page = super().save(commit=commit)
        reason = self.cleaned_data.get("fix_reason", "").strip()
        if reason and self.goes_out and self._frozen:
            programme = fixing.programme_of(self._where)
            fixing.record(page=page, programme=programme, reason=reason, by=self.for_user, at=clock.now())
        return page

    def _look(self, cleaned: dict) -> None:
        from content_pages.checking import page

        by_field: dict[str, dict[int | None, list[str]]] = defaultdict(lambda: defaultdict(list))
        for fault in page.look(self.instance, cleaned).refusals:
            by_field[fault.piece.field][fault.piece.index].append(fault.told)
        for field, faults in by_field.items():
            self.add_error(field if field in self.fields else None, _error(cleaned.get(field), faults))

    def _ask_why(self, cleaned: dict) -> None:
        if not self._frozen:
            return
        appears = cleaned.get("go_live_at")
        if appears and appears > clock.now():
            words = _(
                "While the pages of a programme are frozen, nothing appears at a set time. Take the time away under "
                "“Set schedule”, or save a draft and publish it later."
            )
            self.add_error("fix_reason", words)
        if cleaned.get("fix_reason", "").strip() or self._was_told():
            return
        words = _(
            "The pages of this programme are frozen since %(day)s. Write here why this change is needed for "
            "safety, or save a draft and publish it later."
        )
        self.add_error("fix_reason", words % {"day": date_format(self._frozen, "j F Y")})

    @property
    def _where(self) -> Page:
        return self.instance if self.instance.path else self.parent_page

    @property
    def _frozen(self) -> date | None:
        from content_pages import fixing

        return fixing.frozen_since(self._where)

    def _was_told(self) -> bool:
        """Return whether whoever sent the page to a second reader said why."""
        from content_pages import fixing

        state = self.instance.current_workflow_state if self.is_approval else None
        return bool(state) and fixing.said_since(page=self.instance, at=state.created_at)


class ProgrammeForm(CheckedForm):
    """People, questions and editors find a programme by the slug of its first page, so that stays as it is."""

    def clean_slug(self) -> str:
        """Return what was typed. Raises ValidationError where it would part a programme from its page."""
        typed, same = self.cleaned_data["slug"], type(self.instance).objects.filter(pk=self.instance.pk)
        stands = same.values_list("slug", flat=True).first()
        if stands and typed != stands and Programme.objects.filter(slug=stands).exists():
            words = _(
                "Leave “%(slug)s” here. People, questions and editors find their programme by it, so a change would "
                "cut them off."
            )
            raise ValidationError(words % {"slug": stands})
        return typed


class ActivityForm(CheckedForm):
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
        if self.goes_out and cleaned.get("sensitive") and not cleaned.get("content_note"):
            self.add_error(
                "content_note", _("Write what comes, how long it takes, and that it can wait: readers see it first.")
            )  # fmt: skip
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


def _error(value: object, faults: dict[int | None, list[str]]) -> ValidationError:
    """Return the error of a field; that of a stream stands at the block that it is about."""
    if not isinstance(value, StreamValue):
        return ValidationError([words for each in faults.values() for words in each])
    return StreamBlockValidationError(
        {index: _in_block(value[index].block, words) for index, words in faults.items()}
    )


def _in_block(block: object, words: list[str]) -> ValidationError:
    if isinstance(block, StructBlock):
        return StructBlockValidationError(non_block_errors=words)
    return ValidationError(" ".join(words))
