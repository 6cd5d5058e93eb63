"""The tests' settings for a dispatcher or a worker in a process of its own, with the carrier of the test."""

import os

from resilience.settings.test import *  # noqa: F403 - settings are composed this way
from resilience.telephony.simulator import program

TWILIO_API_URL = os.environ["CARRIER"]
TWILIO_ACCOUNT_SID = program.ACCOUNT_SID
TWILIO_AUTH_TOKEN = program.AUTH_TOKEN
DISPATCH_SENDERS = (4, 8) if "postgres" in os.environ["DATABASE_URL"] else (0, 0)
