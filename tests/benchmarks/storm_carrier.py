"""A carrier for the storm: takes so many texts at a time, each after a delay, and tells what it was given."""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Carrier(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, at_once: int, delay_s: float) -> None:
        self.free, self.delay_s = threading.Semaphore(at_once), delay_s
        self.lock, self.taken = threading.Lock(), []
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    server: Carrier
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        with self.server.free:
            time.sleep(self.server.delay_s)
            with self.server.lock:
                self.server.taken.append((form["To"][0], form["Body"][0]))
                number = len(self.server.taken)
        self._answer(201, _message(number, *self.server.taken[number - 1]))

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        with self.server.lock:
            taken = list(self.server.taken)
        if parts.path == "/told":
            return self._answer(200, {"texts": len(taken), "different": len(set(taken))})
        to = parse_qs(parts.query)["To"][0]
        mine = [_message(number, *text) for number, text in enumerate(taken, 1) if text[0] == to]
        page = {"messages": mine[::-1], "uri": self.path, "next_page_uri": None}
        return self._answer(200, {**page, "page": 0, "page_size": 50, "first_page_uri": self.path,
                                  "previous_page_uri": None, "start": 0, "end": len(mine)})  # fmt: skip

    def _answer(self, status: int, said: dict) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _message(number: int, to: str, body: str) -> dict:
    now = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime())
    return {"sid": f"SM{number:032x}", "to": to, "body": body, "status": "queued", "date_created": now, "uri": "/",
            "error_code": None}  # fmt: skip


if __name__ == "__main__":
    carrier = Carrier(int(sys.argv[1]), float(sys.argv[2]))
    print(f"http://127.0.0.1:{carrier.server_address[1]}", flush=True)
    carrier.serve_forever()
