"""Residents with a verified phone number, their consents, sign-in codes and visits.

A phone number is stored sealed and as a keyed digest (`mac`), as in gwonseon/messaging. Nothing
here is tracked as history: what a resident withdraws is gone, except for the ledger of consents.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from gwonseon.messaging.models import DIGEST_BYTES
from gwonseon.residents.triggers import CONSENT_TRIGGERS


class Resident(models.Model):
    """Somebody who agreed to get text messages. No name and no address: a number is enough."""

    mac = models.BinaryField(max_length=DIGEST_BYTES, unique=True)
    sealed = models.BinaryField()
    verified_at = models.DateTimeField(_("번호를 확인한 때"))
    created_at = models.DateTimeField(_("신청한 때"), auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("문자를 받는 주민")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


@hold_choices
class ConsentEvent(models.Model):
    """A line of the ledger of consents: one was given or withdrawn, under which wording and when.

    It outlives the resident, to prove what was agreed to, and so refers to the number's digest
    instead of the row (docs/adr/0021). Triggers set `at`, refuse any change, and refuse deletion
    until three years after the number's last line and while its resident is there.
    """

    class What(models.TextChoices):
        """What is agreed to, or declared."""

        COLLECT = "collect", _("개인정보 수집·이용")
        DONG = "dong", _("사는 동의 수집·이용")
        AGE = "age", _("만 14세 이상")

    class Act(models.TextChoices):
        """What was done with it."""

        GIVEN = "given", _("동의")
        WITHDRAWN = "withdrawn", _("철회")

    mac = models.BinaryField(max_length=DIGEST_BYTES, db_index=True)
    what = models.CharField(_("동의 항목"), max_length=10, choices=What)
    act = models.CharField(_("한 일"), max_length=10, choices=Act)
    wording = models.PositiveSmallIntegerField(_("문구의 판"))
    at = models.DateTimeField(_("일시"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("동의 이력")
        triggers = CONSENT_TRIGGERS
        constraints = [
            models.CheckConstraint(condition=Q(wording__gte=1), name="consent_names_its_wording")
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.get_act_display()}"


class Visit(models.Model):
    """A visit to the pages below /my/, found by its cookie, until it is idle too long.

    The cookie has a random key, of which only a hash is stored. Until `verified_at` is set, the
    visitor has only typed the number.
    """

    key_hash = models.BinaryField(max_length=DIGEST_BYTES, unique=True)
    mac = models.BinaryField(max_length=DIGEST_BYTES, db_index=True)
    sealed = models.BinaryField()
    verified_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = _("주민의 방문")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Verification(models.Model):
    """A code that was sent to a number. It counts for the limits for a day (see rate_limits.py).

    Only the visit that asked for a code can use it, so that nobody can use up the tries of another.
    `code_hash` is erased when the code was used.
    """

    visit = models.ForeignKey(Visit, models.SET_NULL, null=True, related_name="verifications")
    mac = models.BinaryField(max_length=DIGEST_BYTES)
    address_mac = models.BinaryField(max_length=DIGEST_BYTES)
    code_hash = models.BinaryField(max_length=DIGEST_BYTES, null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = _("인증번호")
        indexes = [
            models.Index(fields=["mac", "sent_at"], name="verification_by_number"),
            models.Index(fields=["address_mac", "sent_at"], name="verification_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Erasure(models.Model):
    """How many rows a rule of retention.py deleted at a time; nothing of whose they were."""

    rule = models.CharField(_("무엇"), max_length=20)
    count = models.PositiveIntegerField(_("지운 수"))
    at = models.DateTimeField(_("지운 때"), auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("개인정보 파기 기록")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.rule} {self.count}"
