#!/bin/sh
# The web server of the image. WEB_WORKERS processes of eight threads each; a page needs about 130 MB a process.
set -eu
exec gunicorn resilience.wsgi:application --bind "0.0.0.0:${PORT:-8000}" --worker-class gthread \
    --workers "${WEB_WORKERS:-3}" --threads 8 --preload --no-control-socket --worker-tmp-dir /dev/shm \
    --max-requests 5000 --max-requests-jitter 500 --timeout 60 --graceful-timeout 20
