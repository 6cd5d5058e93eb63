#!/bin/sh
# Resolves the dependencies anew and writes both locks, without an index address or a local path in them.
set -eu
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never
.uv/bin/uv lock --quiet --upgrade
.uv/bin/uv export --quiet --format requirements.txt --no-dev --all-extras -o requirements.lock >/dev/null
.uv/bin/uv export --quiet --format requirements.txt --group dev --all-extras -o requirements-dev.lock >/dev/null
