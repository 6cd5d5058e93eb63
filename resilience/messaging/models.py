"""The outbox: each e-mail, text and call leg that we mean to send, one row each."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.accounts.models import User
from resilience.messaging.carrier_models import CarrierTrouble  # noqa: F401 - Django looks for an app's models here


class State(models.TextChoices):
    """Where an intention stands."""

    DUE = "DUE", _("waits")
    SENDING = "SENDING", _("claimed by a worker")
    SENT = "SENT", _("taken by the carrier")
    SKIPPED = "SKIPPED", _("no longer wanted")
    FAILED = "FAILED", _("refused for good")
    UNKNOWN = "UNKNOWN", _("may have gone out; being looked up")


class Channel(models.TextChoices):
    """How it goes out."""

    EMAIL = "EMAIL", _("e-mail")
    SMS = "SMS", _("text")
    CALL = "CALL", _("telephone")


class Outgoing(db.Keyed):
    """One intention to send. Its key makes it unique; words and addresses are looked up at the moment of sending."""

    key = models.CharField(max_length=160, unique=True)
    kind = models.SlugField(max_length=40)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    recipient = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    target_id = models.UUIDField(null=True, db_index=True)
    version = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    not_after = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=60, blank=True)

    found: Any = None  # what the handler looked up while asking whether it is still wanted

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"])]
        constraints = [
            db.one_of("state", State, name="outgoing_state_is_known"),
            db.one_of("channel", Channel, name="outgoing_channel_is_known"),
        ]


class DeliveryState(models.TextChoices):
    """What became of one attempt; the order is that of `rank`."""

    STARTED = "STARTED", _("begun")
    ACCEPTED = "ACCEPTED", _("taken by the carrier")
    SENT = "SENT", _("sent by the carrier")
    DELIVERED = "DELIVERED", _("arrived")
    FAILED = "FAILED", _("not delivered")
    UNKNOWN = "UNKNOWN", _("no answer from the carrier")


class Delivery(db.Keyed):
    """One attempt at sending, stored before the carrier is called; its token rides in the callback's address."""

    outgoing = models.ForeignKey(Outgoing, on_delete=models.CASCADE, related_name="deliveries")
    token = models.CharField(max_length=43, unique=True)
    started_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=DeliveryState.choices, default=DeliveryState.STARTED)
    ref = models.CharField(max_length=64, blank=True, db_index=True)
    number_index = models.CharField(max_length=64, blank=True)
    error = models.CharField(max_length=60, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [db.one_of("state", DeliveryState, name="delivery_state_is_known")]


class InboundText(db.Keyed):
    """A text that came in, by the carrier's names for it and for its notice: each is heeded once. No word of it."""

    message = models.CharField(max_length=64, unique=True)
    once = models.CharField(max_length=64, blank=True)
    arrived_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["once"], condition=~models.Q(once=""), name="one_text_per_notice")
        ]


class OptOut(db.Keyed):
    """No texts to this number from this sender; the number stands as a keyed hash."""

    number_index = models.CharField(max_length=64)
    sender = models.CharField(max_length=64)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number_index", "sender"], condition=models.Q(ended_at=None), name="opted_out_once"
            )
        ]
