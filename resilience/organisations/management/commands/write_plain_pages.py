from django.core.management.base import BaseCommand, CommandError

from resilience.organisations import plain, standing


class Command(BaseCommand):
    help = "Writes Help now and The first days as files, which answer when the site or its database is down."

    def handle(self, *args: object, **options: object) -> None:
        try:
            written = plain.write()
        except OSError as error:
            raise CommandError(
                f"{standing.folder()} cannot be written ({error.strerror}). Let the site's own user write there."
            ) from None
        for file in written:
            self.stdout.write(str(file))
