"""Notices by text message: what is told to whom, who wrote and who approved it, and what it costs.

Who a notice reaches is decided when it is sent: those who follow its topics then. No resident is
named here; the messages themselves are in `gwonseon/messaging`.
"""

from decimal import Decimal
from uuid import uuid4

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.notices.triggers import NOTICE_TRIGGERS
from gwonseon.choices import hold_choices
from gwonseon.messaging.models import Dispatch, Sender
from gwonseon.messaging.texts import TextKind
from gwonseon.office.models import Department
from plans.ledger.models import Detail
from plans.subscriptions.models import Subscription
from plans.tree import models as tree

# A body of this many letters may still be too long: what counts are its bytes.
MOST_LETTERS = 2_000
MOST_TITLE = 40


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Filters for notices."""

    def public(self) -> "NoticeQuerySet":
        """Return the notices of which something has left, latest first."""
        was_sent = Q(state=Notice.State.SENDING) | Q(left__gt=0)
        return self.filter(was_sent).order_by("-approved_at", "-pk")

    def in_work(self) -> "NoticeQuerySet":
        """Return the approved notices whose sending is not over."""
        return self.filter(state__in=[Notice.State.APPROVED, Notice.State.SENDING])


@hold_choices
class Notice(models.Model):
    """One text for residents.

    Its author writes it, asks for approval, and may take it back until another person approves it.
    Then `body` is the text as it is sent, the dispatch is open, and only the state moves on, and
    with it `finished_at`, `left` (how many messages left the portal) and who cancelled it.

    `words` are the author's for the placeholders of `text`. The audience are the followers
    of `news` in `pillars` or `initiatives` (lineages), with `dongs` (keys) only those in these
    dong. `recipients` is the number that the approver typed; `unit_price` is in 원, and unknown
    without a budget.
    """

    class State(models.TextChoices):
        """How far a notice has come."""

        DRAFT = "draft", _("작성중")
        WAITING = "waiting", _("승인 대기")
        APPROVED = "approved", _("발송 예약")
        SENDING = "sending", _("보내는 중")
        DONE = "done", _("발송 끝")
        CANCELLED = "cancelled", _("발송 취소")

    class Nature(models.TextChoices):
        """What a notice is by law; advertisements are not sent."""

        INFORMATION = "information", _("정보")
        SAFETY = "safety", _("안전")

    activity = models.ForeignKey(
        tree.Activity, models.PROTECT, verbose_name=_("관련 활동"), related_name="notices"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("보내는 부서"), related_name="+"
    )
    nature = models.CharField(_("성격"), choices=Nature, max_length=15, default=Nature.INFORMATION)
    news = models.CharField(_("소식의 종류"), choices=Subscription.News, max_length=10)
    pillars = ArrayField(
        models.CharField(choices=tree.Pillar.Code, max_length=10),
        verbose_name=_("분야"),
        default=list,
        blank=True,
    )
    initiatives = ArrayField(
        models.UUIDField(), verbose_name=_("추진과제"), default=list, blank=True
    )
    dongs = ArrayField(
        models.BigIntegerField(), verbose_name=_("받는 동"), default=list, blank=True
    )
    title = models.CharField(_("제목"), max_length=MOST_TITLE)
    text = models.TextField(_("문안"), max_length=MOST_LETTERS)
    words = models.JSONField(default=dict, blank=True)
    sender = models.ForeignKey(Sender, models.PROTECT, verbose_name=_("발신번호"), related_name="+")
    send_at = models.DateTimeField(_("보낼 때"), null=True, blank=True)
    expires_at = models.DateTimeField(_("보낼 기한"))
    state = models.CharField(_("상태"), choices=State, max_length=10, default=State.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("쓴 사람"), related_name="+"
    )
    written_at = models.DateTimeField(_("쓴 때"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("승인을 요청한 때"), null=True, blank=True)
    returned_for = models.CharField(_("돌려보낸 까닭"), max_length=200, blank=True)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("승인한 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("승인한 때"), null=True, blank=True)
    recipients = models.PositiveIntegerField(_("승인한 사람 수"), null=True, blank=True)
    body = models.TextField(_("보낸 글"), blank=True)
    unit_price = models.DecimalField(
        _("건당 금액(원)"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    dispatch = models.OneToOneField(
        Dispatch, models.PROTECT, verbose_name=_("발송"), null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField(_("끝난 때"), null=True, blank=True)
    left = models.PositiveIntegerField(_("보낸 건수"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("취소한 사람"),
        null=True,
        blank=True,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    token = models.UUIDField(
        default=uuid4,
        unique=True,
        editable=False,
        help_text="Of the form that it came from: the same form sent twice is one notice.",
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("문자 안내")
        triggers = NOTICE_TRIGGERS
        constraints = [
            models.CheckConstraint(
                condition=Q(approver=None) | ~Q(approver=F("author")),
                name="notice_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["draft", "waiting"],
                    approver=None,
                    approved_at=None,
                    recipients=None,
                    dispatch=None,
                    body="",
                )
                | Q(
                    state__in=["approved", "sending", "done", "cancelled"],
                    approver__isnull=False,
                    approved_at__isnull=False,
                    recipients__gt=0,
                    dispatch__isnull=False,
                )
                & ~Q(body=""),
                name="notice_approved_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at=None)
                | ~Q(state="draft") & Q(submitted_at__isnull=False),
                name="notice_submitted_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["done", "cancelled"], finished_at__isnull=False, left__isnull=False
                )
                | ~Q(state__in=["done", "cancelled"]) & Q(finished_at=None, left=None),
                name="notice_finished_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_by__isnull=False)
                | ~Q(state="cancelled") & Q(cancelled_by=None),
                name="notice_cancelled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(pillars__len__gte=1) | Q(initiatives__len__gte=1),
                name="notice_has_an_audience",
            ),
            models.CheckConstraint(
                condition=Q(send_at=None) | Q(expires_at__gt=F("send_at")),
                name="notice_expires_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state__in=["waiting", "approved", "sending"]),
                name="notice_open",
            ),
            models.Index(fields=["-approved_at", "-id"], name="notice_latest"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the staff's page."""
        return reverse("notices:notice", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Whether the author may still change it."""
        return self.state == self.State.DRAFT

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be sent."""
        return self.state in {self.State.DONE, self.State.CANCELLED}


@hold_choices
class NoticeTemplate(models.Model):
    """A wording for notices that recur; a notice is a copy of it, so it may be deleted."""

    name = models.CharField(_("이름"), max_length=50, unique=True)
    nature = models.CharField(
        _("성격"),
        choices=Notice.Nature,
        max_length=15,
        default=Notice.Nature.INFORMATION,
    )
    news = models.CharField(_("소식의 종류"), choices=Subscription.News, max_length=10)
    title = models.CharField(_("제목"), max_length=MOST_TITLE)
    text = models.TextField(_("문안"), max_length=MOST_LETTERS)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("문안 서식")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def price(label: str) -> models.DecimalField:
    """Return a column for the price of one message in 원."""
    return models.DecimalField(
        label, max_digits=6, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    model_name="BudgetEvent",
)
class Budget(models.Model):
    """What a year's messages may cost, and what one costs by the contract with the gateway."""

    year = models.PositiveSmallIntegerField(_("연도"), unique=True)
    amount = models.PositiveBigIntegerField(_("예산(원)"))
    sms_price = price(_("단문 한 건(원)"))
    lms_price = price(_("장문 한 건(원)"))
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("문자 예산")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sms_price__gte=0, lms_price__gte=0), name="budget_price_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}"

    def price_of(self, kind: TextKind) -> Decimal:
        """Return what one message costs, in 원."""
        return self.sms_price if kind is TextKind.SMS else self.lms_price


class TextNotice(Detail):
    """A notice that was sent. The record's people are those it was sent to.

    `notice` is empty where it was sent by other means and recorded by hand.
    """

    title = models.CharField(_("제목"), max_length=100)
    notice = models.OneToOneField(
        Notice,
        models.PROTECT,
        verbose_name=_("문자 안내"),
        null=True,
        blank=True,
        editable=False,
        related_name="detail",
    )

    class Meta(Detail.Meta):
        verbose_name = verbose_name_plural = _("문자 안내")
