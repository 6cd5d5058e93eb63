from collections.abc import Iterator

from resilience.listing import ListingCommand
from resilience.privacy import register


class Command(ListingCommand):
    help = (
        "Lists each stored field: what kind it is, why it is held, for how long, and what erasure does to it."
    )
    columns = ("model", "field", "class", "purpose", "retention", "erasure")

    def rows(self) -> Iterator[tuple]:
        for row in register.rows():
            yield row.model, row.field, row.kind, row.purpose, row.retention, row.erasure
