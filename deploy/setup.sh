#!/bin/sh
# Sets up what a target of the Makefile needs, once: deploy/setup.sh run|test
# Fresh Debian or Ubuntu with nothing but python3 (3.11 or later) and make is enough. Nothing is downloaded when the
# locks have not changed since the last time.
set -eu
cd "$(dirname "$0")/.."
want="${1:-run}"
uv_version=0.13.8
export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1
# The machine's own certificates, as pip uses them: a hospital's network often has one of its own.
if [ -f /etc/ssl/certs/ca-certificates.crt ]; then export UV_SYSTEM_CERTS=true; fi

say() { printf '%s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        if have "$name" && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"; return
        fi
    done
    say "Python 3.11 or later is needed, and was not found. On Debian or Ubuntu: apt-get install python3 python3-venv"
    exit 1
}

# Debian packages: installed when root, else named in one line; what can be done without them is done.
needed=""
need() { needed="$needed $1"; }
find_missing() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null || need python3-venv
    "$python" -c 'import ctypes.util as u, sys; sys.exit(not all(map(u.find_library, ("pango-1.0", "pangoft2-1.0"))))' \
        2>/dev/null || need "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    if [ "$want" = test ]; then
        have chromium || have chromium-browser || have google-chrome || [ -n "${BROWSER_PATH:-}" ] || need chromium
        have pdftoppm || need poppler-utils
        have git || need git
    fi
}
still_missing=no
install_missing() {
    [ -n "$needed" ] || return 0
    still_missing=yes
    if [ "$(id -u)" = 0 ] && have apt-get; then
        say "Installing:$needed"
        if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $needed; } >var/apt.log 2>&1; then
            still_missing=no
        else
            say "apt-get could not install:$needed (its words are in var/apt.log). Going on without."
        fi
    else
        say "Missing on this machine; going on without. To have everything: sudo apt-get install$needed"
    fi
}

lock=requirements.lock
[ "$want" = test ] && lock=requirements-dev.lock
stamp_for() { cksum <"$1"; }
is_set_up() {
    [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null || return 1
    for made in requirements.lock requirements-dev.lock; do
        [ "$want" = test ] && [ "$made" = requirements.lock ] && continue
        [ -f ".venv/.made-from-$made" ] && [ "$(cat ".venv/.made-from-$made")" = "$(stamp_for "$made")" ] && return 0
    done
    return 1
}

make_with_uv() {
    if [ ! -x .uv/bin/uv ] || [ "$(.uv/bin/uv --version 2>/dev/null | cut -d' ' -f2)" != "$uv_version" ]; then
        rm -rf .uv
        "$python" -m venv .uv && .uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$uv_version" || return 1
    fi
    .uv/bin/uv venv --quiet --clear --python "$python" .venv || return 1
    .uv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
}
make_with_pip() {
    say "uv cannot be used here; pip does it, which takes a minute or two."
    rm -rf .venv
    "$python" -m venv .venv && .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
}

mkdir -p var
if is_set_up && [ -f ".venv/.looked-for-$want" ]; then exit 0; fi
python="$(find_python)"
find_missing
install_missing
if ! is_set_up; then
    say "Installing the Python packages of $lock (once; under a minute with a warm cache)."
    make_with_uv || make_with_pip || {
        say "The Python packages could not be installed. Is there a network, or a package mirror in pip's or uv's settings?"
        exit 1
    }
    stamp_for "$lock" >".venv/.made-from-$lock"
fi
# What could not be had is looked for again the next time.
[ "$still_missing" = yes ] || : >".venv/.looked-for-$want"
