from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "There are no superusers here."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        raise CommandError(
            "Nobody may do everything here. Give a role instead: manage.py grant_role ADDRESS ROLE"
        )
