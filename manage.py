#!/usr/bin/env python
"""Run a management command with the settings that the environment names (the demonstration by default)."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resilience.settings.demo")
    execute_from_command_line(sys.argv)
