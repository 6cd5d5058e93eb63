"""Texts that come in: STOP and START here, one-letter replies to whoever knows what they mean."""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import IntegrityError, transaction

from resilience.messaging import forgetting, optouts
from resilience.messaging.models import InboundText
from resilience.telephony import gateway

log = structlog.get_logger(__name__)

LONGEST_WISH = 60
LONGEST_NAME = 64
_listeners: list[Callable[..., bool]] = []
_stoppers: list[Callable[..., None]] = []


def on_reply(listener: Callable[..., bool]) -> Callable[..., bool]:
    """Register `listener(number_index=, word=, now=) -> bool`; it returns whether the reply was for it."""
    _listeners.append(listener)
    return listener


def on_stop(listener: Callable[..., None]) -> Callable[..., None]:
    """Register `listener(number_index=, word=, now=)`, told of each text that ended texts."""
    _stoppers.append(listener)
    return listener


@transaction.atomic
def receive(text: gateway.TextArrived, *, now: datetime) -> bool:
    """Do what a text asks, once; return whether it is new. The carrier answers STOP and START: we send no reply.

    Once it is heeded nobody needs its words: the carrier is asked to delete them.
    """
    fresh = _keep(text, now=now)
    if fresh:
        _heed(text, now=now)
        forgetting.note([text.message], is_call=False, now=now)
    return fresh


def _keep(text: gateway.TextArrived, *, now: datetime) -> bool:
    once = text.once if len(text.once) <= LONGEST_NAME and text.once.isprintable() else ""
    try:
        with transaction.atomic():
            InboundText.objects.create(message=text.message, once=once, arrived_at=now)
    except IntegrityError:
        log.info("text repeated")
        return False
    return True


def _heed(text: gateway.TextArrived, *, now: datetime) -> None:
    if text.wish is gateway.Wish.STOP or _asks_to_stop(text.body):
        optouts.record(number=text.sender, now=now)
        for told in _stoppers:
            told(number_index=optouts.index(text.sender), word=_word(text), now=now)
    elif text.wish is gateway.Wish.START:
        optouts.end(number=text.sender, now=now)
    elif text.wish is None:
        _reply(text, now=now)


def _asks_to_stop(body: str) -> bool:
    words = body.lower().split()
    return (
        len(body) <= LONGEST_WISH
        and "stop" in words
        and bool({"text", "texting", "texts", "please"} & set(words))
    )


def _reply(text: gateway.TextArrived, *, now: datetime) -> None:
    word = _word(text)
    number_index = optouts.index(text.sender)
    if not any(listener(number_index=number_index, word=word, now=now) for listener in _listeners):
        log.info("text not understood")


def _word(text: gateway.TextArrived) -> str:
    return text.body.strip().strip(".!").upper()
