"""A busy carrier is asked again often enough, and not too often."""

from datetime import timedelta

import pytest

from resilience.messaging import waiting
from resilience.messaging.models import Channel

TEN_MINUTES = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("channel", "tries", "least", "most"),
    [
        pytest.param(Channel.SMS, 1, 2, 3, id="the first time"),
        pytest.param(Channel.SMS, 3, 8, 9, id="twice as long each time"),
        pytest.param(Channel.EMAIL, 30, 120, 120, id="up to two minutes"),
        pytest.param(Channel.EMAIL, 1000, 900, 900, id="up to fifteen after an hour"),
        pytest.param(Channel.CALL, 30, 20, 20, id="a ring within its quarter of an hour"),
    ],
)
def test_the_wait_grows_up_to_what_the_message_can_bear(channel, tries, least, most):
    waits = waiting.before_next(channel=channel, tries=tries, asked=None).total_seconds()

    assert least <= waits <= most


@pytest.mark.parametrize(
    ("asked", "waits"), [(TEN_MINUTES, TEN_MINUTES), (timedelta(), timedelta(seconds=1))]
)
def test_the_carriers_own_word_counts(asked, waits):
    assert waiting.before_next(channel=Channel.CALL, tries=1, asked=asked) == waits
