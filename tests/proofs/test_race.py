"""The race itself runs to its end: here small; `make race` runs it whole."""

import subprocess
import sys

import pytest


@pytest.mark.long
def test_a_small_race_ends_with_one_winner_each_and_the_unprotected_one_does_not():
    small = ["--slots", "2", "--attempts", "100", "--races", "3"]

    run = subprocess.run(
        [sys.executable, "-m", "tests.proofs.race", *small], capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stdout + run.stderr[-2000:]
    assert "2 slots booked in the database, once each: True" in run.stdout
    assert run.stdout.count("{(1, 1): 3}") == 2  # on SQLite and on PostgreSQL
    assert "WRONG" not in run.stdout
