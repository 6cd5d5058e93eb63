"""The benchmarks' settings on PostgreSQL."""

import os

from resilience.settings.base import sqlite_or_postgresql
from tests.benchmarks.settings import *  # noqa: F403 - settings are composed this way

DATABASES = {"default": sqlite_or_postgresql(os.environ["EXPORT_DATABASE"])}
