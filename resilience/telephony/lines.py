"""The gateways that the settings name. Made afresh for each piece of work; keep one while you send many."""

from django.conf import settings

from resilience.telephony import gateway, twilio


def _account() -> twilio.Account:
    return twilio.Account(
        sid=settings.TWILIO_ACCOUNT_SID,
        auth_token=settings.TWILIO_AUTH_TOKEN,
        old_auth_token=settings.TWILIO_AUTH_TOKEN_OLD,
        number=settings.TWILIO_NUMBER,
        messaging_service=settings.TWILIO_MESSAGING_SERVICE_SID,
        region=settings.TWILIO_REGION,
        edge=settings.TWILIO_EDGE,
        api_url=settings.TWILIO_API_URL,
        public_base_url=settings.PUBLIC_BASE_URL,
    )


def voice() -> gateway.VoiceGateway:
    """The line for calls. Never raises: missing settings show as Refused when it is used."""
    return twilio.Voice(_account())


def text() -> gateway.TextGateway:
    """The line for text messages. Never raises: missing settings show as Refused when it is used."""
    return twilio.Text(_account())
