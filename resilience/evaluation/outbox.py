"""What this app sends: found like `admin.py`."""

from resilience.evaluation.interviews import sending  # noqa: F401 - its decorator is the registration
