"""Where `make run` stands: its ports, its folder, the parts that it starts, and that there is only one of it."""

import contextlib
import fcntl
import hashlib
import os
import socket
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from resilience.demo.children import Part

SETTINGS = "resilience.settings.demo"


class CannotStand(Exception):
    """The message says why, and what to do."""


@dataclass(frozen=True)
class Plan:
    """What the environment asks for."""

    root: Path
    var: Path
    port: int
    own_database: bool
    address: str
    own_telephones: bool
    environment: Mapping[str, str]

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], *, root: Path) -> "Plan":
        """Return the plan. Raises CannotStand for a port that is none."""
        written = environ.get("PORT", "8000")
        if not written.isdigit() or not 1 <= int(written) <= 65534:
            raise CannotStand(f"PORT={written} cannot be used: choose a number from 1 to 65534.")
        var = Path(environ.get("VAR_DIR") or root / "var").resolve()
        (var / "log").mkdir(parents=True, exist_ok=True)
        given = environ.get("PUBLIC_BASE_URL", "").rstrip("/")
        return cls(
            root=root,
            var=var,
            port=int(written),
            own_database=not (environ.get("DATABASE_URL") or environ.get("DATABASE_URL_FILE")),
            address=given or f"http://localhost:{written}",
            own_telephones=not environ.get("TWILIO_API_URL"),
            environment={
                **environ,
                "DJANGO_SETTINGS_MODULE": SETTINGS,
                "PORT": written,
                "PYTHONUNBUFFERED": "1",
            },
        )

    @property
    def loopback(self) -> str:
        """Return the address at which we ask our own web server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """Return the file that the parts' words go to."""
        return self.var / "log" / "run.jsonl"

    def check_ports(self) -> None:
        """Raise CannotStand where a port is taken."""
        for port in [self.port, self.port + 1] if self.own_telephones else [self.port]:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError:
                    raise CannotStand(_taken(port)) from None

    def first_parts(self) -> list[Part]:
        """Return what a visitor needs: the web server, and the telephones beside it."""
        web = (
            f"-m gunicorn resilience.wsgi:application --bind 127.0.0.1:{self.port} --worker-class gthread --workers 2 "
            "--threads 4 --preload --graceful-timeout 5 --no-control-socket"
        ).split()
        parts = [Part("web", [sys.executable, *web])]
        if self.own_telephones:
            parts.append(Part("telephones", [sys.executable, "-m", "resilience.telephony.simulator"]))
        return parts

    def other_parts(self) -> list[Part]:
        """Return what works behind the pages."""
        manage = [sys.executable, str(self.root / "manage.py")]
        return [
            Part("dispatcher", [*manage, "run_dispatcher"]),
            Part("worker", [*manage, "qcluster"]),
            Part("long worker", ["/usr/bin/env", "Q_CLUSTER_NAME=long", *manage, "qcluster"]),
        ]

    def is_prepared(self) -> bool:
        """Return whether this very code has prepared our own SQLite file before; other databases are always asked."""
        if not self.own_database or not (self.var / "resilience.sqlite3").exists():
            return False
        if not (self.var / "help-now" / "routes.json").exists():
            return False
        stamp = self.var / "prepared"
        return stamp.exists() and stamp.read_text() == self._code()

    def note_prepared(self) -> None:
        """Remember that the database is as this code wants it."""
        (self.var / "prepared").write_text(self._code())

    def _code(self) -> str:
        """Return a word for what prepares the database: every migration, ours and others', and the loader."""
        told = hashlib.sha256((self.root / "requirements.lock").read_bytes())
        for package in ("resilience", "content_pages"):
            for file in sorted((self.root / package).rglob("migrations/0*.py")):
                told.update(f"{file.relative_to(self.root)}".encode() + file.read_bytes())
        for file in sorted((self.root / "resilience" / "demo").rglob("*")):
            if file.suffix in (".py", ".toml"):
                told.update(file.read_bytes())
        return told.hexdigest()


def _taken(port: int) -> str:
    other = port + 100 if port < 65000 else 8100
    return f"Port {port} is taken by another program. Stop it, or choose another: make run PORT={other}"


@contextlib.contextmanager
def only_one(plan: Plan) -> Iterator[None]:
    """Hold the folder for ourselves. Raises CannotStand where another run holds it."""
    path = plan.var / "run.lock"
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            where = file.read().strip() or "another place"
            raise CannotStand(f"It is already running at {where}. Stop that one with Ctrl-C first.") from None
        file.truncate(0)
        file.write(f"{plan.address} (process {os.getpid()})")
        file.flush()
        yield
