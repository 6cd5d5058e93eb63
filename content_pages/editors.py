"""What the editors of one programme may do: its pages, and no other's."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from resilience.accounts import roles

SECOND_PAIR = "Second pair of eyes: %(programme)s"
ON_PAGES = ("add_page", "change_page", "publish_page")
ON_PICTURES = (
    "add_image",
    "choose_image",
)  # what they uploaded themselves they may change; others' they may show
ON_SOUNDS = ("add_document", "choose_document")


def permit(page: Page) -> None:
    """Let the group of the programme's editors, and no other programme's, edit its first page and all below it.

    What they send in, another editor of the programme or of the site lets out.
    """
    group, _fresh = Group.objects.get_or_create(name=roles.group_of_editors(page.slug))
    GroupPagePermission.objects.filter(page=page).exclude(group=group).delete()
    for permission in _permissions("wagtailcore", ON_PAGES):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    files = [*_permissions("wagtailimages", ON_PICTURES), *_permissions("wagtaildocs", ON_SOUNDS)]
    for permission in files:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    _second_pair_of_eyes(page, group)


def _second_pair_of_eyes(page: Page, group: Group) -> None:
    from content_pages.models import SecondReader

    name = SECOND_PAIR % {"programme": page.slug}
    task, fresh = SecondReader.objects.get_or_create(name=name)
    if fresh:
        task.groups.set([group, *Group.objects.filter(name__in=roles.GROUPS_OF_EDITORS)])
    if WorkflowPage.objects.filter(page=page).exists():
        return  # editors of the site chose another way for it
    workflow, _fresh = Workflow.objects.get_or_create(name=name)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.create(page=page, workflow=workflow)


def _permissions(app: str, names: tuple[str, ...]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=names))
