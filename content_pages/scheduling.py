"""Pages that an editor set to appear or to go at a time: by the site's own clock, and not while they are frozen."""

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision

from content_pages import fixing
from resilience import clock


def publish_due() -> None:
    """Publish what is due and take down what has expired; run twice, it does no more.

    In a programme whose pages are frozen both wait until its pages may change again.
    """
    now = clock.now()
    # Each as what it is: a meeting whose page goes is called off, and a part is counted no more.
    for page in Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at").specific():
        if not fixing.frozen_since(page):
            page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for revision in Revision.page_revisions.filter(approved_go_live_at__lt=now).order_by(
        "approved_go_live_at"
    ):
        if not fixing.frozen_since(revision.content_object):
            _publish(revision)


def waits(page: Page) -> bool:
    """Return whether something is set for a page that does not happen while its programme is frozen."""
    is_set = page.approved_schedule or (page.live and page.expire_at)
    return bool(is_set and fixing.frozen_since(page))


def _publish(revision: Revision) -> None:
    action = PublishPageRevisionAction(revision, log_action="wagtail.publish.scheduled")
    # Wagtail asks the machine's clock, which stays behind when the demonstration's moves on.
    action.object.go_live_at = min(action.object.go_live_at, clock.machine_now())
    action.execute()
