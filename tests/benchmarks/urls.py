"""The site's own addresses and the two yardsticks; one measure of thirty items for P2."""

from dataclasses import replace

from django.urls import path

from resilience.accounts import policy
from resilience.accounts.models import Role
from resilience.measures import catalogue
from resilience.measures.scoring import rules
from resilience.urls import urlpatterns as site
from tests.benchmarks import bare

THIRTY = [str(number) for number in range(1, 31)]


def _thirty_items() -> None:
    pattern = catalogue.get("acceptability")
    items = tuple(replace(pattern.items[0], key=key) for key in THIRTY)
    scales = tuple(
        rules.Mean(f"scale{part}", f"bench.{part}.1", tuple(THIRTY[part::5]), 4, 1, 5, missing_rule="bench")
        for part in range(5)
    )
    made = replace(pattern, key="bench30", items=items, scales=scales, optional=frozenset())
    catalogue.load()["bench30"] = made


_thirty_items()
policy.own("bench-read", GET=[Role.PARTICIPANT])
policy.own("bench-free", GET=[Role.PARTICIPANT])
policy.own("bench-insert", POST=[Role.PARTICIPANT])

urlpatterns = [
    path("bench/read/", bare.read, name="bench-read"),
    path("bench/free/", bare.free, name="bench-free"),
    path("bench/insert/", bare.insert, name="bench-insert"),
    *site,
]
