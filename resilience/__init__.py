"""Resilience: prepares healthcare staff, before anything goes wrong, to cope with clinical error."""

__version__ = "0.1.0"
