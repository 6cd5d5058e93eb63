"""The life of one text message, either way, and the opt-out words that the network itself acts on."""

from resilience.telephony.simulator.callbacks import Caller
from resilience.telephony.simulator.pump import Pump, Work, pause
from resilience.telephony.simulator.state import Network, TextMessage, new_sid

STOP = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
START = {"START", "YES", "UNSTOP"}
HELP = {"HELP", "INFO"}
REPLIES = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more messages from this "
    "number. Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number. Reply HELP for help.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


class Texts:
    def __init__(self, network: Network, caller: Caller, pump: Pump, *, pace: float) -> None:
        self.network = network
        self.caller = caller
        self.pump = pump
        self.pace = pace

    def send(self, message: TextMessage) -> None:
        """Carry a message that the application sent; it is already on the list."""
        self.pump.add(self._carry(message))

    def receive(self, *, number: str, platform: str, body: str, url: str) -> TextMessage:
        """Somebody texts the platform: keep it, act on a single opt-out word, tell the application."""
        now = self.network.now()
        message = TextMessage(
            sid=new_sid("SM"),
            from_=number,
            to=platform,
            body=body,
            direction="inbound",
            status="received",
            created_at=now,
            sent_at=now,
        )
        self.network.save(message)
        word = self._act_on(number=number, platform=platform, word=body.strip().upper())
        self.pump.add(self._arrive(message, url, word))
        return message

    def _carry(self, message: TextMessage) -> Work:
        for status in ("sending", "sent"):
            yield pause(self.pace)
            if message.status == "canceled":
                return
            self._reach(message, status)
        yield pause(self.pace)
        scenario = self.network.scenarios.get(message.to)
        if scenario and scenario.code:
            message.error_code = scenario.code
        self._reach(message, scenario.state if scenario and scenario.code else "delivered")

    def _reach(self, message: TextMessage, status: str) -> None:
        with self.network.lock:
            message.status = status
            message.updated_at = self.network.now()
            if status == "sent":
                message.sent_at = message.updated_at
            self.network.save(message)
        self.caller.tell_text(message)

    def _arrive(self, message: TextMessage, url: str, word: str) -> Work:
        yield pause(0)
        form = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "SmsMessageSid": message.sid,
            "SmsStatus": "received",
            "From": message.from_,
            "To": message.to,
            "Body": message.body,
            "NumMedia": "0",
            "NumSegments": "1",
            "FromCountry": "",
            "ToCountry": "",
        }
        self.caller.post(url, {**form, "OptOutType": word} if word else form)

    def _act_on(self, *, number: str, platform: str, word: str) -> str:
        kind = "STOP" if word in STOP else "START" if word in START else "HELP" if word in HELP else ""
        if not kind:
            return ""
        if kind != "HELP":
            self.network.opt_out(number=number, platform=platform, out=kind == "STOP")
        now = self.network.now()
        reply = TextMessage(
            sid=new_sid("SM"),
            from_=platform,
            to=number,
            body=REPLIES[kind],
            direction="outbound-reply",
            status="delivered",
            created_at=now,
            sent_at=now,
        )
        self.network.save(reply)
        return kind
