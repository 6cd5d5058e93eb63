"""An address that somebody typed is asked without letting it reach into our own network."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from resilience.coaching import fetching
from resilience.coaching.hours_models import Fault

ADDRESS = "https://calendar.example/a.ics"


@pytest.fixture
def site():
    """A small site on loopback: `site(path)` is an address; what it answers depends on the path."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = self.answer()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def answer(self):
            if self.path == "/there":
                return 302, {"Location": "/a.ics"}, b""
            if self.path == "/round":
                return 302, {"Location": "/round"}, b""
            if self.path == "/inside":
                return 302, {"Location": "http://10.0.0.1/a.ics"}, b""
            if self.path == "/large":
                return 200, {}, b"x" * (fetching.LARGEST + 1)
            if self.path == "/gone":
                return 404, {}, b""
            return 200, {"Seen-Host": self.headers["Host"]}, b"calendar of " + self.headers["Host"].encode()

        def log_message(self, *words):
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
    yield lambda path: f"http://localhost:{running.server_port}{path}"
    running.shutdown()
    running.server_close()


def near(address):
    return fetching.fetch(
        address, near=True, resolve=lambda host, port: [host] if host[0].isdigit() else ["127.0.0.1"]
    )


def test_a_file_is_read_and_a_redirect_followed(site):
    assert near(site("/a.ics")).startswith(b"calendar of localhost:")
    assert near(site("/there")).startswith(b"calendar of localhost:")


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/gone", Fault.REFUSED),
        ("/large", Fault.TOO_LARGE),
        ("/round", Fault.UNREACHABLE),
        ("/inside", Fault.NOT_ALLOWED),
    ],
)
def test_what_cannot_be_had_says_why(site, path, fault):
    with pytest.raises(fetching.CannotRead) as refused:
        near(site(path))

    assert refused.value.fault == fault


@pytest.mark.parametrize(
    "found",
    [
        ["127.0.0.1"], ["10.1.2.3"], ["172.16.0.1"], ["192.168.1.1"], ["169.254.169.254"], ["100.64.0.1"], ["0.1.2.3"],
        ["::1"], ["fe80::1%eth0"], ["fd00::1"], ["::ffff:127.0.0.1"], ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"],
        ["2002:a00:1::"], ["224.0.0.1"], ["93.184.215.14", "10.0.0.1"], [],
    ],
    ids=str,
)  # fmt: skip
def test_a_name_that_leads_into_a_private_network_is_never_asked(found):
    with pytest.raises(fetching.CannotRead) as refused:
        fetching.fetch(ADDRESS, resolve=lambda host, port: found)

    assert refused.value.fault == Fault.NOT_ALLOWED


@pytest.mark.parametrize("found", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_a_public_address_may_be_asked(found):
    assert fetching.is_public(fetching.ipaddress.ip_address(found))


@pytest.mark.parametrize(
    "address",
    [
        "http://calendar.example/a.ics", "https://calendar.example:8443/a.ics", "https://me:word@calendar.example/a.ics",
        "file:///etc/passwd", "https:///a.ics", "calendar.example", "https://[::1/a", "",
    ],
)  # fmt: skip
def test_an_address_of_another_shape_is_refused_before_anything_is_asked(address):
    with pytest.raises(fetching.CannotRead) as refused:
        fetching.check(address)

    assert refused.value.fault == Fault.NOT_ALLOWED


@pytest.mark.parametrize(
    "address", [ADDRESS, "webcal://calendar.example/a.ics", "https://calendar.example:443/?a=b"]
)
def test_an_https_or_webcal_address_has_the_right_shape(address):
    fetching.check(address)


def test_a_name_that_nobody_knows_is_unreachable():
    def nobody(host, port):
        raise OSError

    with pytest.raises(fetching.CannotRead) as refused:
        fetching.fetch(ADDRESS, resolve=nobody)

    assert refused.value.fault == Fault.UNREACHABLE
