"""P10: what a participant's page weighs on the wire, first and afterwards, and what Lighthouse says of it.

Chromium counts the bytes; in front stands a proxy of ours that packs pages with gzip, as the one in deploy/ does.
Styles, scripts and drawings come as WhiteNoise packs them.
"""

import contextlib
import gzip
import http.client
import http.server
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from tests.benchmarks import figures, people, serving
from tests.plugins import browser as chromium

MODULE = "/programmes/demonstration/being-human-at-work/"
PAGES = (MODULE, MODULE + "good-people-hard-jobs/", MODULE + "what-i-would-want-to-hear/")
LIGHTHOUSE = "lighthouse@12"  # 13 asks for a newer Node than Debian's
PATIENCE_S = 240
FIRST_GOAL, THEN_GOAL = 60, 15
HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "location"}


def measure(*, rounds: int = 3) -> tuple[list[figures.Figure], list[str]]:
    """Return the kilobytes of each page, first and then, and Lighthouse's two marks where it can be had."""
    reader = people.reader()
    with serving.server() as site, _front(site.port) as port:
        found = [each for path in PAGES for each in _weights(port, reader, path, rounds)]
        marks, said = _lighthouse(port, reader)
    heaviest = {
        when: max(one.figure for one in found if one.size["visit"] == when) for when in ("first", "then")
    }
    return found + marks, [
        f"P10: {heaviest['first']:.1f} kB at most on a first visit (goal: {FIRST_GOAL}), "
        f"{heaviest['then']:.1f} kB after (goal: {THEN_GOAL}), headers counted.",
        *said,
    ]


def _weights(port: int, who: people.SignedIn, path: str, rounds: int) -> list[figures.Figure]:
    pairs = [_twice(port, who, path) for _ in range(rounds)]
    return [
        figures.Figure("P10", statistics.median(kilobytes), "kB", None, None, min(kilobytes), max(kilobytes), rounds,
                       {"visit": when, "page": path})
        for when, kilobytes in zip(("first", "then"), zip(*pairs, strict=True), strict=True)
    ]  # fmt: skip


def _twice(port: int, who: people.SignedIn, path: str) -> tuple[float, float]:
    """Return what a page weighs in a browser that never was here, and once more in the same."""
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium.executable(), args=chromium.FLAGS)
        context = opened.new_context(viewport={"width": 360, "height": 740})
        context.add_cookies(
            [
                {"name": name, "value": value, "url": f"http://localhost:{port}"}
                for name, value in _cookies(who)
            ]
        )
        weighed = _weigh(context, port, path), _weigh(context, port, path)
        opened.close()
    return weighed


def _weigh(context: BrowserContext, port: int, path: str) -> float:
    page, came = context.new_page(), []
    log = context.new_cdp_session(page)
    log.send("Network.enable")
    log.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    page.goto(f"http://localhost:{port}{path}")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")  # drawings further down are fetched too
    page.wait_for_load_state("networkidle")
    if page.locator("h1").count() != 1 or "/accounts/" in page.url:
        raise RuntimeError(f"{path} led to {page.url}")
    page.close()
    return sum(came) / 1000


def _cookies(who: people.SignedIn) -> list[tuple[str, str]]:
    """Return the cookies under names that a page without TLS may set; the proxy gives them their own again."""
    return [tuple(each.split("=", 1)) for each in who.cookies.replace("__Host-", "host-").split("; ")]


@contextlib.contextmanager
def _front(port: int) -> Iterator[int]:
    """Run a proxy that packs, says https and the site's own name to what is behind it, as production's does."""

    class Front(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            asked = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            asked |= {"Host": people.HOST, "X-Forwarded-Proto": "https"}
            asked["Cookie"] = asked.get("Cookie", "").replace("host-", "__Host-")
            link.request("GET", self.path, headers=asked)
            answer = link.getresponse()
            self._pass_on(answer, answer.read())
            link.close()

        def _pass_on(self, answer: http.client.HTTPResponse, content: bytes) -> None:
            packed = answer.headers.get("Content-Encoding", "")
            if not packed and answer.headers.get_content_type().startswith("text/"):
                content, packed = gzip.compress(content, 1), "gzip"  # nginx packs at 1 unless told
            self.send_response_only(answer.status)
            for name, value in answer.headers.items():
                if name.lower() not in HOP and name.lower() not in (
                    "set-cookie",
                    "strict-transport-security",
                ):
                    self.send_header(name, value)
            if packed:
                self.send_header("Content-Encoding", packed)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    front = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Front)
    front.daemon_threads = True
    threading.Thread(target=front.serve_forever, daemon=True).start()
    try:
        yield front.server_port
    finally:
        front.shutdown()
        front.server_close()


def _lighthouse(port: int, who: people.SignedIn) -> tuple[list[figures.Figure], list[str]]:
    """Return the marks of the sample page and of a piece as somebody signed in reads it, or why there are none."""
    if shutil.which("npx") is None:
        return [], ["P10: Lighthouse was left out: there is no npx here."]
    found: list[figures.Figure] = []
    for path, cookies in (("/sample/", ""), (PAGES[1], "; ".join("=".join(each) for each in _cookies(who)))):
        try:
            marks = _marks(f"http://localhost:{port}{path}", cookies)
        except (subprocess.SubprocessError, OSError, ValueError, KeyError) as error:
            return found, [f"P10: Lighthouse was left out: {type(error).__name__} ({str(error)[-200:]})."]
        found += [
            figures.Figure(
                "P10", mark, "of 100", None, None, mark, mark, 1, {"lighthouse": name, "page": path}
            )
            for name, mark in marks.items()
        ]
    return found, ["P10: Lighthouse, mobile profile (goal: 95 in performance, 100 in accessibility)."]


def _marks(address: str, cookies: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="bench-lighthouse-") as folder:
        headers = Path(folder) / "headers.json"
        headers.write_text(json.dumps({"Cookie": cookies} if cookies else {}))
        command = [
            "npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={folder}/said.json",
            "--only-categories=performance,accessibility", f"--extra-headers={headers}",
            "--chrome-flags=--headless=new --no-sandbox",
        ]  # fmt: skip
        environment = {**os.environ, "CHROME_PATH": chromium.executable() or ""}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE_S)
        if done.returncode:
            raise ValueError(done.stderr.strip())
        said = json.loads((Path(folder) / "said.json").read_text())
    if cookies and "/accounts/" in said["finalDisplayedUrl"]:
        raise ValueError("the sign-in did not hold")
    return {name: round(100 * each["score"]) for name, each in said["categories"].items()}
