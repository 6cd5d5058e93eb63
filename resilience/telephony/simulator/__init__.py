"""A telephone network on this machine that speaks Twilio's REST API. For the demonstration and the tests."""

from resilience.telephony.simulator.callbacks import Reply
from resilience.telephony.simulator.program import Handset, Simulator
from resilience.telephony.simulator.state import Scenario

__all__ = ["Handset", "Reply", "Scenario", "Simulator"]
