"""What every test may ask for; each plugin says in its first line what it gives."""

import os

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's own loop runs in the test's thread

pytest_plugins = [
    "tests.plugins.counting",
    "tests.plugins.properties",
    "tests.plugins.time",
    "tests.plugins.database",
    "tests.plugins.work",
    "tests.plugins.people",
    "tests.plugins.telephone",
    "tests.plugins.browser",
]
