"""Sign-in by allauth; what Wagtail's pages ask for follows from the roles."""

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from resilience import db
from resilience.accounts import roles
from resilience.accounts.models import Role, RoleGrant, User

TRANSLATING = "simple_translation"
OF_EDITORS = {
    "wagtailadmin", "wagtailcore", "wagtailimages", "wagtaildocs", "taggit", "content_pages", TRANSLATING,
}  # fmt: skip
OF_ONE_PROGRAMME = {"wagtailadmin", TRANSLATING}  # to come in; workflows and collections are the whole site's
NEVER = {"add_site", "change_site", "delete_site"}


class RoleBackend(AuthenticationBackend):
    """Allauth's backend; an editor also holds each permission that Wagtail's pages ask for.

    Which pages an editor may change and publish, Wagtail reads from its groups, which `roles` fills.
    """

    def get_user(self, user_id: UUID) -> User | None:
        """Return the user with the roles they hold, in one query: every page of a signed-in person asks for both."""
        held = GRANTS.instances(user=user_id)
        user = held[0].user if held else super().get_user(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        user._roles = {grant.role for grant in held}
        return user

    def _get_group_permissions(self, user_obj: User) -> QuerySet[Permission]:
        held = super()._get_group_permissions(user_obj)
        if Role.EDITOR not in user_obj.roles:
            return held
        everywhere = roles.programmes(user_obj, Role.EDITOR) is None
        inside = OF_EDITORS if everywhere else OF_ONE_PROGRAMME
        return Permission.objects.filter(content_type__app_label__in=inside).exclude(codename__in=NEVER)


def _grants(*, user: UUID) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(user=user, ended_at=None).select_related("user")


GRANTS = db.Prepared(_grants, user=UUID(int=1))
