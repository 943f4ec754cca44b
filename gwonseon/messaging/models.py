"""The outbox: dispatches, their messages, the batches that gateways were given, and receipts.

A phone number is stored in two forms only (see `sealing.py`): sealed, to be read for sending, and
as a keyed digest (`mac`), to be compared.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices

DIGEST_BYTES = 32


class Sender(models.Model):
    """A number that messages may come from; the law asks that it is registered beforehand."""

    number = models.CharField(_("발신번호"), max_length=15, unique=True)
    name = models.CharField(_("쓰는 곳"), max_length=50)
    expires_on = models.DateField(_("통신서비스 이용증명원 만료일"))
    closed_on = models.DateField(_("쓰지 않기 시작한 날"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("발신번호")
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]+$"), name="sender_is_digits")
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.name})"


@hold_choices
class Channel(models.Model):
    """The state of a gateway, for all workers. One of the channels is current: it is sent through.

    `free_at` is when the gateway's rate allows the next message. A paused channel sends nothing
    until an operator resumes it.
    """

    class Pause(models.TextChoices):
        """Why a channel is paused."""

        BALANCE = "balance", _("잔액 부족")
        AUTHENTICATION = "authentication", _("인증 실패")
        SENDER = "sender", _("발신번호 거절")
        OPERATOR = "operator", _("담당자가 멈춤")

    gateway = models.CharField(_("중계사"), max_length=60, primary_key=True)
    is_current = models.BooleanField(default=False)
    paused_for = models.CharField(max_length=20, choices=Pause, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_code = models.CharField(max_length=100, blank=True)
    free_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = _("발송 경로")
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="channel_one_is_current"
            ),
            models.CheckConstraint(
                condition=Q(paused_for="", paused_at=None)
                | (~Q(paused_for="") & Q(paused_at__isnull=False)),
                name="channel_pause_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.gateway


@hold_choices
class Dispatch(models.Model):
    """One text, to one number or to many.

    `key` says what it is for, and makes creating it twice impossible. Nothing leaves before
    `not_before` or after `expires_at`, nor in quiet hours unless it is urgent. `expanded_to` is the
    digest up to which the recipients are written, while state is EXPANDING. With a `stop_address`,
    each message ends in that address and a token of its own (see `stop_links.py`). The sealed text
    of a single message is erased when it is finished.
    """

    class State(models.TextChoices):
        """How far a dispatch has come."""

        EXPANDING = "expanding", _("받는 사람 적는 중")
        SENDING = "sending", _("보내는 중")
        DONE = "done", _("끝남")
        CANCELLED = "cancelled", _("취소됨")

    key = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=10, choices=State)
    is_bulk = models.BooleanField()
    is_urgent = models.BooleanField()
    sender = models.ForeignKey(Sender, models.PROTECT, related_name="+")
    title = models.CharField(max_length=40, blank=True)
    sealed_text = models.BinaryField(null=True)
    stop_address = models.CharField(max_length=200, blank=True)
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    expanded_to = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("발송")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("not_before")), name="dispatch_expires_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "cancelled"], finished_at__isnull=False)
                | (Q(state__in=["expanding", "sending"]) & Q(finished_at=None)),
                name="dispatch_finished_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(
                "is_bulk",
                "not_before",
                condition=Q(state__in=["expanding", "sending"]),
                name="dispatch_open",
            )
        ]

    def __str__(self) -> str:
        return self.key


@hold_choices
class Batch(models.Model):
    """Messages of one dispatch that a gateway is given in one call.

    `key` is the idempotency key: a batch that is delivered again has the same key and the same
    content. `reference` is the gateway's own name of it. Until `lease_until`, the worker that
    claimed it may still be calling.
    """

    class State(models.TextChoices):
        """What is known of a call."""

        CALLING = "calling", _("보내는 중")
        ANSWERED = "answered", _("응답받음")
        REFUSED = "refused", _("접수되지 않음")
        UNKNOWN = "unknown", _("결과 모름")

    key = models.UUIDField(primary_key=True, default=uuid4)
    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="batches")
    gateway = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.CALLING)
    reference = models.CharField(max_length=100, blank=True)
    attempts = models.PositiveSmallIntegerField(default=1)
    first_called_at = models.DateTimeField()
    lease_until = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("발송 묶음")
        indexes = [
            models.Index(
                "lease_until", condition=Q(state__in=["calling", "unknown"]), name="batch_open"
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


@hold_choices
class Message(models.Model):
    """One dispatch to one number. States go forward only; see `FORWARD`.

    `sealed` is the number, erased when the state is final. `reference` is the gateway's own name
    of the message, `code` its last word on it.
    """

    class State(models.TextChoices):
        """What is known of a message. ACCEPTED is the gateway's word; DELIVERED is the phone's."""

        QUEUED = "queued", _("대기")
        CLAIMED = "claimed", _("보내는 중")
        ACCEPTED = "accepted", _("접수")
        DELIVERED = "delivered", _("도달")
        UNDELIVERED = "undelivered", _("실패")
        REJECTED = "rejected", _("거절")
        UNKNOWN = "unknown", _("결과 모름")
        CANCELLED = "cancelled", _("취소")
        SUPPRESSED = "suppressed", _("수신 거부")
        EXPIRED = "expired", _("기한 지남")

    # The index of `message_once_a_number` begins with it.
    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="messages", db_index=False)
    mac = models.BinaryField(max_length=DIGEST_BYTES, null=True)
    sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=11, choices=State, default=State.QUEUED)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="messages")
    reference = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = _("문자")
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "mac"], name="message_once_a_number"),
            models.CheckConstraint(
                condition=~Q(state__in=["queued", "claimed"]) | Q(sealed__isnull=False),
                name="message_to_send_has_its_number",
            ),
        ]
        indexes = [
            models.Index(
                "dispatch",
                "not_before",
                "id",
                condition=Q(state="queued"),
                name="message_queue",
            ),
            models.Index("reference", condition=~Q(reference=""), name="message_reference"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


@hold_choices
class Receipt(models.Model):
    """What a gateway said afterwards of a message, as it said it; kept also where nobody asked.

    `message_id` is our own number of the message, where the gateway repeats it or it was found by
    the reference. `applied_at` is when the message was moved by it, empty while it is not known.
    """

    class Outcome(models.TextChoices):
        """What the code means, as far as the adapter knows it."""

        DELIVERED = "delivered", _("도달")
        UNDELIVERED = "undelivered", _("실패")
        PENDING = "pending", _("전달 중")
        UNREAD = "unread", _("알 수 없는 코드")

    gateway = models.CharField(max_length=60)
    reference = models.CharField(max_length=100)
    message_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=11, choices=Outcome)
    code = models.CharField(max_length=40)
    happened_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("도달 보고")
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "reference", "code"], name="receipt_once_a_code"
            )
        ]
        indexes = [
            models.Index("received_at", condition=Q(applied_at=None), name="receipt_not_applied")
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.reference} {self.code}"


class Suppression(models.Model):
    """A number that asked for no more bulk messages; single ones, as sign-in codes, still go."""

    mac = models.BinaryField(max_length=DIGEST_BYTES, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("수신 거부")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
