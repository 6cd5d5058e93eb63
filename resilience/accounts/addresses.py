"""Every address of the site, as the resolver knows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern

from resilience.accounts import policy

GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
CONVERTED = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One URL pattern: its full name and its path, with `<name>` for what varies."""

    name: str
    path: str


def every() -> Iterator[Address]:
    """Yield each address; a pattern without a name has the dotted path of its view instead, as the gate sees it."""
    yield from _below(get_resolver(), "", "")


def _below(resolver: URLResolver, path: str, space: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = path + _written(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _below(pattern, here, inner)
        else:
            yield Address(space + (pattern.name or pattern.lookup_str), "/" + here)


def _written(pattern: URLPattern | URLResolver) -> str:
    if isinstance(pattern.pattern, LocalePrefixPattern):
        return ""  # an address is one and the same in each language
    text = str(pattern.pattern)
    if isinstance(pattern.pattern, RegexPattern):
        return GROUP.sub(r"<\1>", text).removeprefix("^").removesuffix("$").replace("\\", "")
    return CONVERTED.sub(r"<\1>", text)


def allowed() -> Iterator[tuple[Address, policy.Row]]:
    """Yield each address with each row that opens it; what no row covers does not exist for anybody."""
    for address in every():
        for method in policy.METHODS:
            if row := policy.find(address.name, method=method, path=address.path.lstrip("/")):
                yield address, row
