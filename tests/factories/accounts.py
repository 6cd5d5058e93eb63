"""Sign-ins and the roles they hold."""

import factory

from resilience import clock
from resilience.accounts import roles
from resilience.accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """A sign-in without a password; `roles=[Role.COACH]` grants them for the whole site."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person-{number}@example.org")

    @classmethod
    def _create(cls, model_class: type[User], *args: object, **fields: object) -> User:
        return model_class.objects.create_user(**fields)

    @factory.post_generation
    def roles(self, create: bool, wanted: list[str] | None, **fields: object) -> None:
        for role in wanted or []:
            roles.grant(user=self, role=role, by=None, now=clock.now(), programme=fields.get("programme", ""))
        self.__dict__.pop("_roles", None)
