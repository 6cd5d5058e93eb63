"""Read a file from an address that somebody typed, without letting them reach into our own network through it.

The name is looked up once, every address that it has must be a public one, and that very address is then asked, so that
a name which changes its mind in between gains nothing. No proxy, cookies or password; few redirects; a size, a time.
"""

import contextlib
import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from resilience.coaching.hours_models import Fault

LARGEST = 2 * 1024 * 1024
A_PIECE = 64 * 1024
EACH_WAIT_S, IN_ALL_S = 5, 20
REDIRECTS = 3
OK, ELSEWHERE = 200, {301, 302, 303, 307, 308}
TRANSLATED = [
    ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
]
Resolve = Callable[[str, int], list[str]]


class CannotRead(Exception):
    """The file cannot be had; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def look_up(host: str, port: int) -> list[str]:
    """Return every address of a host. Raises OSError."""
    return [found[4][0] for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def fetch(address: str, *, near: bool = False, resolve: Resolve = look_up) -> bytes:
    """Return what lies at an https address (webcal too). Raises CannotRead.

    `near` is for the demonstration and the tests: addresses of this machine are asked too, and without TLS.
    """
    until = time.monotonic() + IN_ALL_S
    for _hop in range(REDIRECTS + 1):
        address = _Address.read(address, near=near).ask(until=until, resolve=resolve)
        if isinstance(address, bytes):
            return address
    raise CannotRead(Fault.UNREACHABLE)


def check(address: str, *, near: bool = False) -> None:
    """Say before anything is asked whether an address has the right shape. Raises CannotRead."""
    _Address.read(address, near=near)


@dataclass(frozen=True)
class _Address:
    parts: SplitResult
    near: bool

    @classmethod
    def read(cls, text: str, *, near: bool) -> "_Address":
        """Return an address that may be asked at all. Raises CannotRead."""
        try:
            parts = urlsplit(text.strip())
            if parts.scheme == "webcal":
                parts = parts._replace(scheme="https")
            allowed = parts.scheme == "https" and parts.port in {None, 443}
        except ValueError:
            raise CannotRead(Fault.NOT_ALLOWED) from None
        allowed = allowed or (near and parts.scheme in {"http", "https"})
        if not allowed or not parts.hostname or "@" in parts.netloc:
            raise CannotRead(Fault.NOT_ALLOWED)
        return cls(parts, near)

    @property
    def port(self) -> int:
        return self.parts.port or (443 if self.parts.scheme == "https" else 80)

    def ask(self, *, until: float, resolve: Resolve) -> bytes | str:
        """Return the file, or the address to which we are sent on. Raises CannotRead."""
        where = self._public(resolve)
        target = (self.parts.path or "/") + (f"?{self.parts.query}" if self.parts.query else "")
        with self._pool(where) as pool:
            try:
                response = pool.urlopen(
                    "GET",
                    target,
                    headers=self._headers(),
                    redirect=False,
                    retries=False,
                    preload_content=False,
                )
                with contextlib.closing(response):
                    return self._taken(response, until=until)
            except (HTTPError, OSError) as error:
                raise CannotRead(Fault.UNREACHABLE) from error

    def _headers(self) -> dict[str, str]:
        host = self.parts.netloc.lower()
        return {
            "Host": host,
            "Accept": "text/calendar",
            "Accept-Encoding": "identity",
            "User-Agent": "calendar",
        }

    def _public(self, resolve: Resolve) -> str:
        """Return the address to ask; all that the name has must be public. Raises CannotRead."""
        try:
            found = [
                ipaddress.ip_address(each.partition("%")[0])
                for each in resolve(self.parts.hostname, self.port)
            ]
        except (OSError, ValueError) as error:
            raise CannotRead(Fault.UNREACHABLE) from error
        if not found or not all(is_public(each) or (self.near and each.is_loopback) for each in found):
            raise CannotRead(Fault.NOT_ALLOWED)
        return str(found[0])

    def _pool(self, where: str) -> urllib3.HTTPConnectionPool:
        timeout = urllib3.Timeout(connect=EACH_WAIT_S, read=EACH_WAIT_S)
        if self.parts.scheme == "http":
            return urllib3.HTTPConnectionPool(where, self.port, timeout=timeout)
        name = self.parts.hostname
        return urllib3.HTTPSConnectionPool(
            where,
            self.port,
            timeout=timeout,
            cert_reqs="CERT_REQUIRED",
            server_hostname=name,
            assert_hostname=name,
        )

    def _taken(self, response: urllib3.BaseHTTPResponse, *, until: float) -> bytes | str:
        if response.status in ELSEWHERE and "Location" in response.headers:
            return urljoin(self.parts.geturl(), response.headers["Location"])
        if response.status != OK:
            raise CannotRead(Fault.REFUSED)
        taken = bytearray()
        for piece in response.stream(A_PIECE):
            taken += piece
            if len(taken) > LARGEST:
                raise CannotRead(Fault.TOO_LARGE)
            if time.monotonic() > until:
                raise CannotRead(Fault.UNREACHABLE)
        return bytes(taken)


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Return whether an address belongs to the open internet, by itself and by what it stands for."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in net for net in TRANSLATED):
            return False
    return address.is_global and not address.is_multicast
