"""A newcomer's first hour, played out: a clone in a folder of another name, an empty home, no environment of ours.

`make run` until it is ready, some pages, Ctrl-C, nothing left running; a second start; then `make test`. Of the
environment only what the machine needs to reach its packages is kept. `--without-tests` leaves `make test` out.
"""

import http.cookiejar
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
PORT = os.environ.get("PORT", "8700")
ADDRESS = f"http://localhost:{PORT}"
NETWORK = (
    "PIP_",
    "UV_DEFAULT_INDEX",
    "UV_INDEX",
    "SSL_CERT",
    "REQUESTS_CA",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
)
SEARCH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
READY_WITHIN_S = 900
PAGES = ("/", "/help-now/", "/promise/", "/join/", "/demo/", "/healthz", "/robots.txt")
ROLES = ("participant", "coach", "coach-lead", "evaluator", "editor", "manager", "safeguarding", "operator")


class Stuck(Exception):
    """Where the newcomer would have stopped."""


def main() -> int:
    """Play it; return 0 where the newcomer got to the end."""
    place = Path(tempfile.mkdtemp(prefix="somewhere-else-"))
    try:
        _play(place, tests="--without-tests" not in sys.argv)
    except Stuck as stuck:
        print(f"newcomer: stuck: {stuck}", file=sys.stderr)
        return 1
    finally:
        for process in _running(place):
            os.kill(process, signal.SIGKILL)
        shutil.rmtree(place, ignore_errors=True)
    print("newcomer: done")
    return 0


def _play(place: Path, *, tests: bool) -> None:
    folder = place / "another name"
    subprocess.run(["git", "clone", "--quiet", str(HERE), str(folder)], check=True)
    (place / "home").mkdir()
    for start in ("first start", "second start"):
        run = _start(folder, place)
        try:
            print(f"newcomer: ready after {_wait(run, place):.0f} s ({start})", flush=True)
            _look()
        finally:
            _stop(run, folder)
        print("newcomer: stopped, nothing left running", flush=True)
    if tests and subprocess.run(["make", "test"], cwd=folder, env=_environment(place)).returncode:
        raise Stuck("make test failed")


def _environment(place: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if name.upper().startswith(NETWORK) or name == "CI"
    }
    return {**kept, "HOME": str(place / "home"), "PATH": SEARCH, "PORT": PORT}


def _start(folder: Path, place: Path) -> subprocess.Popen:
    with (place / "run.log").open("w") as log:
        return subprocess.Popen(
            ["make", "run"],
            cwd=folder,
            env=_environment(place),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _wait(run: subprocess.Popen, place: Path) -> float:
    began = time.monotonic()
    while time.monotonic() - began < READY_WITHIN_S:
        words = (place / "run.log").read_text()
        if "\nReady: " in f"\n{words}":
            return time.monotonic() - began
        if run.poll() is not None:
            raise Stuck(f"make run ended by itself:\n{words[-2000:]}")
        time.sleep(0.1)
    raise Stuck(f"make run was not ready after {READY_WITHIN_S} s:\n{words[-2000:]}")


def _look() -> None:
    for path in PAGES:
        _fetch(urllib.request.build_opener(), path)
    for role in ROLES:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        _fetch(urllib.request.build_opener(jar), f"/demo/sign-in/{role}/")


def _fetch(opener: urllib.request.OpenerDirector, path: str) -> None:
    try:
        opener.open(f"{ADDRESS}{path}", timeout=60).read()
    except urllib.error.HTTPError as error:
        raise Stuck(f"{path} answered {error.code}") from None
    except OSError as error:
        raise Stuck(f"{path}: {error}") from None


def _stop(run: subprocess.Popen, folder: Path) -> None:
    """Press Ctrl-C: the terminal tells the whole group. Raises Stuck where something is left."""
    os.killpg(run.pid, signal.SIGINT)
    try:
        run.wait(timeout=60)
    except subprocess.TimeoutExpired:
        raise Stuck("Ctrl-C did not end it within a minute") from None
    time.sleep(1)
    if left := _running(folder):
        raise Stuck(f"{len(left)} processes were left running")


def _running(folder: Path) -> list[int]:
    """Return the processes whose working folder or program lies in `folder`."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            where = os.readlink(entry / "cwd")
            words = (entry / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if (str(folder) in where or str(folder) in words) and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return found


if __name__ == "__main__":
    sys.exit(main())
