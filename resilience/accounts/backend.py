"""Sign-in by allauth; what Wagtail's pages ask for follows from the roles."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from resilience.accounts.models import Role, User

OF_EDITORS = {"wagtailadmin", "wagtailcore", "wagtailimages", "wagtaildocs", "taggit", "content_pages"}
NEVER = {"add_site", "change_site", "delete_site"}


class RoleBackend(AuthenticationBackend):
    """Allauth's backend; an editor also holds each permission that Wagtail's pages ask for.

    Which pages an editor may change and publish, Wagtail reads from its groups, which `roles` fills.
    """

    def _get_group_permissions(self, user_obj: User) -> QuerySet[Permission]:
        held = super()._get_group_permissions(user_obj)
        if Role.EDITOR not in user_obj.roles:
            return held
        return Permission.objects.filter(content_type__app_label__in=OF_EDITORS).exclude(codename__in=NEVER)
