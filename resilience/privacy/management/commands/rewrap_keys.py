from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError

from resilience import clock
from resilience.audit import events, trail
from resilience.privacy import keys


class Command(BaseCommand):
    help = "Wraps every data key anew under the first of FIELD_KEYS, so that the older ones can go. Safe to run again."

    def handle(self, *args: object, **options: object) -> None:
        try:
            wrapped = keys.rewrap(tell=self._tell)
        except InvalidToken:
            raise CommandError(
                "A data key is wrapped by a key that is not in FIELD_KEYS. Put that one back behind the new one, and "
                "run this again."
            ) from None
        trail.record(events.KEYS_REWRAPPED, at=clock.now(), wrapped=wrapped)
        self.stderr.write(f"{wrapped} data keys are wrapped by the first of FIELD_KEYS. The others may go.")

    def _tell(self, wrapped: int) -> None:
        self.stderr.write(f"{wrapped} so far")
