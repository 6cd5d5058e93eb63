"""A sign-in, and the roles it holds."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import clock, db
from resilience.privacy import fields, keys
from resilience.privacy.models import DataKey


class UserManager(BaseUserManager):
    """Finds users by e-mail address, whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Return a stored user. Without a password only an e-mailed code or a passkey signs in."""
        user = self.model(email=email.strip().lower(), data_key=keys.make(at=clock.now()), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str) -> "User":
        """Return the user with this address. Raises User.DoesNotExist."""
        return self.get(email=email.strip().lower())


class User(db.Keyed, AbstractBaseUser, PermissionsMixin):
    """A sign-in. Its name is an e-mail address; there is no other name."""

    email = models.EmailField(_("e-mail address"), unique=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(
        max_length=10, blank=True, help_text=_("in which we write to them; empty is the first language")
    )
    joined_at = models.DateTimeField(default=clock.now)
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT, related_name="+")

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(models.functions.Lower("email"), name="one_user_per_address"),
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="nobody_may_do_everything"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_staff(self) -> bool:
        """Return whether the person holds a role on the staff side (Django asks for this name)."""
        return bool(self.roles - {Role.PARTICIPANT})

    @property
    def roles(self) -> set[str]:
        """Return the codes of the roles held now, in any programme; read once for each request."""
        if not hasattr(self, "_roles"):
            self._roles = set(self.grants.filter(ended_at=None).values_list("role", flat=True))
        return self._roles

    def get_full_name(self) -> str:
        """Return the address: Wagtail's pages ask for a name."""
        return self.email

    get_short_name = get_full_name


class Role(models.TextChoices):
    """What somebody may be. There is no role for line managers."""

    PARTICIPANT = "PARTICIPANT", _("participant")
    COACH = "COACH", _("coach")
    COACH_LEAD = "COACH_LEAD", _("coach lead")
    EVALUATOR = "EVALUATOR", _("evaluator")
    EDITOR = "EDITOR", _("editor")
    MANAGER = "MANAGER", _("programme manager")
    SAFEGUARDING_LEAD = "SAFEGUARDING_LEAD", _("safeguarding lead")
    OPERATOR = "OPERATOR", _("operator")


STAFF_ROLES = frozenset(Role.values) - {Role.PARTICIPANT}


class RoleGrant(db.Keyed):
    """A role held by somebody for one programme (its slug), or for the whole site (no slug)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    programme = models.SlugField(blank=True)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            db.one_of("role", Role, name="role_is_known"),
            models.UniqueConstraint(
                fields=["user", "role", "programme"],
                condition=models.Q(ended_at=None),
                name="a_role_is_held_once",
            ),
        ]


class Draft(db.Keyed):
    """What somebody had typed on a page that could not be taken then; it comes back once they sign in."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    page = models.CharField(max_length=300)
    fields = fields.EncryptedTextField(key="user.data_key_id")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="one_draft_per_person_and_page")]
