"""What the editors of one programme may do: its pages, and no other's."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from resilience.accounts import roles

ON_PAGES = ("add_page", "change_page", "publish_page")
ON_PICTURES = (
    "add_image",
    "choose_image",
)  # what they uploaded themselves they may change; others' they may show
ON_SOUNDS = ("add_document", "choose_document")


def permit(page: Page) -> None:
    """Let the group of the programme's editors, and no other programme's, edit its first page and all below it."""
    group, _fresh = Group.objects.get_or_create(name=roles.group_of_editors(page.slug))
    GroupPagePermission.objects.filter(page=page).exclude(group=group).delete()
    for permission in _permissions("wagtailcore", ON_PAGES):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    files = [*_permissions("wagtailimages", ON_PICTURES), *_permissions("wagtaildocs", ON_SOUNDS)]
    for permission in files:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )


def _permissions(app: str, names: tuple[str, ...]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=names))
