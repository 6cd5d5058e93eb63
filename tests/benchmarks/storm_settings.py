"""The benchmarks' settings on PostgreSQL, with a carrier on this machine."""

import os

from resilience.settings.base import sqlite_or_postgresql
from tests.benchmarks.settings import *  # noqa: F403 - settings are composed this way

DATABASES = {"default": sqlite_or_postgresql(os.environ["STORM_DATABASE"])}
DISPATCH_SENDERS = (4, 8)
TWILIO_API_URL = os.environ["STORM_CARRIER"]
TESTING = True  # texts go to a carrier on this machine
