"""`python -m resilience.telephony.simulator`: arguments, or else the settings, say where it stands."""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resilience.settings.demo")

from django.conf import settings

from resilience.telephony.simulator import Simulator

PACE_S = 0.3  # between two states, so that a person sees them


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m resilience.telephony.simulator", description=__doc__)
    parser.add_argument(
        "--port", type=int, default=urlsplit(settings.TWILIO_API_URL).port or settings.PORT + 1
    )
    parser.add_argument("--number", default=settings.TWILIO_NUMBER or "+442079460123")
    parser.add_argument("--account-sid", default=settings.TWILIO_ACCOUNT_SID)
    parser.add_argument("--auth-token", default=settings.TWILIO_AUTH_TOKEN)
    parser.add_argument("--callback-base", default=settings.PUBLIC_BASE_URL)
    parser.add_argument("--journal", type=Path, default=Path(settings.VAR_DIR) / "simulator.jsonl")
    parser.add_argument(
        "--pace", type=float, default=PACE_S, help="seconds between two states of a call or text"
    )
    return parser.parse_args(argv)


def refuse(line: str) -> int:
    sys.stderr.write(line + "\n")
    return 1


def main(argv: list[str]) -> int:
    """Serve until a signal comes. Exit code 1 and one clear line when it cannot."""
    if not (settings.DEMONSTRATION or settings.TESTING):
        return refuse("The telephone simulator is for the demonstration and the tests only.")
    given = arguments(argv)
    try:
        simulator = Simulator(
            port=given.port,
            number=given.number,
            account_sid=given.account_sid,
            auth_token=given.auth_token,
            callback_base=given.callback_base,
            journal=given.journal,
            pace=given.pace,
        )
    except OSError as error:
        return refuse(f"The telephone simulator cannot use port {given.port}: {error.strerror}.")
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with simulator:
        sys.stdout.write(f"Telephone simulator: {simulator.url}\n")
        sys.stdout.flush()
        stop.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
