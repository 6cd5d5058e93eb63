"""`python deploy/probe.py /readyz`: asks this container's own web server, by the name that it answers to."""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}{sys.argv[1]}"
host = urlsplit(os.environ.get("PUBLIC_BASE_URL", "")).netloc or "localhost"
try:
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Host": host}), timeout=4) as answer:
        sys.exit(0 if answer.status == 200 else 1)
except (urllib.error.URLError, OSError) as error:
    sys.exit(f"{sys.argv[1]}: {error}")
