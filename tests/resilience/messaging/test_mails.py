"""E-mail against a server of our own that refuses: what is tried again, and what is not."""

import socketserver
import threading

import pytest

from resilience.messaging import mails
from resilience.telephony import gateway


class Refusing(socketserver.StreamRequestHandler):
    """An SMTP server that says its one word to every recipient."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            says = self.server.word if line.upper().startswith(b"RCPT") else b"250 yes"
            self.wfile.write(says + b"\r\n")
            if line.upper().startswith(b"QUIT"):
                return


@pytest.fixture
def mail_server(settings):
    """Start the server with its word: `mail_server(b"450 come back")`."""
    servers = []

    def start(word: bytes) -> None:
        server = socketserver.TCPServer(("127.0.0.1", 0), Refusing)
        server.word = word
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = ""

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("word", "raised"),
    [(b"450 come back in five minutes", gateway.TryLater), (b"550 nobody of that name", gateway.Refused)],
    ids=["not now", "never"],
)
def test_a_server_that_says_not_now_is_asked_again_and_one_that_says_never_is_not(mail_server, word, raised):
    mail_server(word)

    with pytest.raises(raised):
        mails.send(to="ada@example.org", subject=mails.CODE, body="words")
