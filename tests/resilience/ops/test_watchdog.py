"""A part that hangs is ended, so that it is started afresh; one that works or has only just started is left alone."""

import pytest

from resilience.ops import watchdog
from tests.architecture import source


@pytest.mark.parametrize(
    ("seen_s", "watched_s", "stuck"),
    [
        pytest.param(30, 4000, False, id="it showed itself half a minute ago"),
        pytest.param(180, 4000, False, id="three minutes are allowed"),
        pytest.param(181, 4000, True, id="longer are not"),
        pytest.param(None, 181, True, id="it never showed itself"),
        pytest.param(None, 60, False, id="it has had a minute so far"),
        pytest.param(90_000, 60, False, id="the old sign is that of the one before"),
    ],
)
def test_group_41_a_part_is_stuck_when_it_was_silent_for_longer_than_allowed_since_we_watch(
    seen_s, watched_s, stuck
):
    assert watchdog.is_stuck(seen_s=seen_s, watched_s=watched_s, allowed_s=180) is stuck


def test_a_worker_may_be_silent_for_three_minutes_and_one_that_makes_reports_as_long_as_a_report_takes(
    settings,
):
    longest = settings.Q_CLUSTER["ALT_CLUSTERS"]["long"]["timeout"]

    assert watchdog.PARTS["worker"].silent_after_s == 180
    assert watchdog.PARTS["long-worker"].silent_after_s > longest


def test_each_part_behind_the_pages_is_watched_on_a_site():
    compose = (source.ROOT / "deploy/compose.yaml").read_text()

    assert [
        name for name in watchdog.PARTS if f"[python, manage.py, run_watched, {name}]" not in compose
    ] == []
