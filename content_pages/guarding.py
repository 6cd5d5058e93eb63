"""What happens to whole pages: refused where it would change a frozen programme or mix what people wrote."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.signals import pre_page_move

from content_pages import copying, fixing
from content_pages.checking import page as checking

CHANGES_WHAT_STANDS = {"publish", "unpublish", "delete", "move"}


@hooks.register("before_unpublish_page")
@hooks.register("before_delete_page")
def leave_frozen_pages(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to take down or delete a live page of a frozen programme."""
    return _refuse(request, page) if _stands(page) and fixing.frozen_since(page) else None


@hooks.register("before_move_page")
def leave_frozen_order(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Refuse a move out of or into a frozen programme, and one that brings a key which is taken there."""
    if _stands(page) and (fixing.frozen_since(page) or fixing.frozen_since(destination)):
        return _refuse(request, page)
    programme = fixing.programme_of(destination)
    if programme is None or page.is_descendant_of(programme):
        return None
    if taken := copying.in_common(page, programme):
        words = _(
            "“%(page)s” was not moved: the programme has an exercise with the key “%(key)s” already, and what "
            "people wrote would be mixed. Copy the page instead."
        )
        messages.error(request, words % {"page": page.title, "key": taken[0]})
        return _back(page)
    return None


@receiver(pre_page_move)
def leave_frozen_places(instance: Page, parent_page_after: Page, **kwargs: object) -> None:
    """Refuse to reorder live pages of a frozen programme: Wagtail asks no hook then. Raises PermissionDenied."""
    if _stands(instance) and fixing.frozen_since(parent_page_after):
        raise PermissionDenied


@hooks.register("before_copy_page")
def make_no_alias(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse a copy that stays bound to its original: it would have the same exercises under the same keys."""
    if request.method != "POST" or not request.POST.get("alias"):
        return None
    words = _(
        "“%(page)s” was not copied. An alias shows the words and exercises of another page and cannot be changed, so "
        "what people wrote would be mixed. Leave “Alias” empty, and you get a copy of its own."
    )
    messages.error(request, words % {"page": page.title})
    return _back(page)


@hooks.register("before_copy_page")
def copy_into_a_frozen_programme_as_a_draft(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse a copy that is live at once in a frozen programme; a draft may be copied."""
    if request.method != "POST" or not request.POST.get("publish_copies"):
        return None
    there = Page.objects.filter(pk=request.POST.get("new_parent_page") or 0).first() or page.get_parent()
    return _refuse(request, page) if fixing.frozen_since(there) else None


@hooks.register("after_copy_page")
def keep_keys_apart(request: HttpRequest, page: Page, new_page: Page) -> None:
    """Give the exercises of a copy keys of their own."""
    if made := copying.give_fresh_keys(new_page, by=request.user):
        words = _("The exercises of the copy have keys of their own now: %(keys)s.")
        messages.info(request, words % {"keys": ", ".join(made)})


@hooks.register("before_bulk_action")
def look_before_many(
    request: HttpRequest, action_type: str, objects: Iterable[object], action: object
) -> HttpResponse | None:
    """Refuse what would change frozen pages, or publish pages that the checks refuse, many at once."""
    pages = [each for each in objects if isinstance(each, Page)]
    if action_type not in CHANGES_WHAT_STANDS or not pages:
        return None
    for each in pages:
        if fixing.frozen_since(each) and (_stands(each) or action_type == "publish"):
            return _refuse(request, each)
        newest = each.get_latest_revision_as_object() if action_type == "publish" else None
        if newest is not None and (refusals := checking.look(newest).refusals):
            words = _("“%(page)s” cannot be published yet. %(fault)s")
            messages.error(request, words % {"page": each.title, "fault": refusals[0].told})
            return _back(each)
    return None


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_what_the_checks_found(request: HttpRequest, page: Page) -> None:
    """Tell an editor how the page reads and what stands in the way of publishing it."""
    if not request.accepts("text/html"):
        return  # Wagtail saves by itself while somebody writes
    checked = checking.look(page)
    if checked.in_words:
        messages.warning(request, checked.in_words)
    for fault in checked.refusals:
        messages.warning(request, _("Before this page can be published: %(fault)s") % {"fault": fault.told})
    for fault in checked.remarks:
        messages.info(request, fault.told)


def _stands(page: Page) -> bool:
    """Return whether anybody reads the page, or one below it."""
    return page.live or page.get_descendants().live().exists()


def _refuse(request: HttpRequest, page: Page) -> HttpResponse:
    words = _(
        "“%(page)s” was left as it is: its programme is being evaluated. Open the page, change what is unsafe and "
        "write why, or ask whoever runs the programme."
    )
    messages.error(request, words % {"page": page.title})
    return _back(page)


def _back(page: Page) -> HttpResponse:
    return redirect("wagtailadmin_explore", page.get_parent().pk)
