"""Reminders: what each member of staff was told, in one digest a working day, and how they want it.

What is due is never stored: rules find it anew each time. Stored is what was said, so that nothing
is said twice.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from gwonseon.exclusions import days_apart

CODE_LENGTH = 40
LONGEST_ABOUT, LONGEST_WHY = 500, 300


class Urgency(models.IntegerChoices):
    """How much a reminder presses; the most urgent come first in a digest."""

    NORMAL = 1, _("알림")
    SOON = 2, _("곧 마감")
    LATE = 3, _("늦음")


class Round(models.Model):
    """A working day whose digests were made. The row is written with them, or not at all."""

    on = models.DateField(_("날"), primary_key=True)
    made_at = models.DateTimeField(_("만든 때"), auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("알림을 만든 날")

    def __str__(self) -> str:
        return str(self.on)


class DigestQuerySet(models.QuerySet):
    """Digests by their state."""

    def unsent(self) -> "DigestQuerySet":
        """Return the digests that wait, and those of which nobody knows whether they left."""
        return self.filter(state__in=(Digest.State.WAITING, Digest.State.UNKNOWN))


@hold_choices
class Digest(models.Model):
    """What a person is told on a working day: at most one, with all lines in one mail.

    It is marked as being sent before the mail server is asked, and nothing is sent twice: if the
    line breaks after the whole mail was given, its state is UNKNOWN, and what is still to do comes
    once more with the next day's.
    """

    class State(models.TextChoices):
        """How far the mail has come."""

        WAITING = "waiting", _("보낼 것")
        SENDING = "sending", _("보내는 중")
        SENT = "sent", _("전자우편으로 보냄")
        SHOWN = "shown", _("포털에만 알림")
        REFUSED = "refused", _("전자우편이 거절됨")
        UNKNOWN = "unknown", _("보냈는지 알 수 없음")
        EMPTY = "empty", _("그 사이에 다 마침")
        MERGED = "merged", _("다음 알림에 합침")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("직원"), related_name="digests"
    )
    on = models.DateField(_("날"))
    state = models.CharField(_("상태"), max_length=10, choices=State, default=State.WAITING)
    not_before = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("보낸 때"), null=True)
    code = models.CharField(_("서버의 답"), max_length=CODE_LENGTH, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("알림")
        ordering = ["-on", "person"]
        constraints = [
            models.UniqueConstraint(fields=["person", "on"], name="digest_once_a_day"),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(claimed_at__isnull=False),
                name="digest_sending_was_claimed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["on"],
                condition=Q(state__in=["waiting", "sending", "unknown"]),
                name="digest_unsent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.person_id}"

    def get_absolute_url(self) -> str:
        """Return the page of the person's digests, at this one."""
        return f"{reverse('reminders:mine')}#on-{self.on.isoformat()}"


@hold_choices
class ReminderSent(models.Model):
    """A line of a digest: which rule told a person of which thing, and at which of its steps.

    `thing` names a row, such as "milestone:12"; `step` is how far it was due or late, such as "7"
    or "late-3". A line whose thing was done before the mail left was dropped. Lines were written in
    the order in which they are shown.
    """

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="lines")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)
    thing = models.CharField(max_length=80)
    step = models.CharField(max_length=20)
    urgency = models.PositiveSmallIntegerField(choices=Urgency)
    about = models.CharField(_("무엇"), max_length=LONGEST_ABOUT)
    why = models.CharField(_("까닭"), max_length=LONGEST_WHY)
    url = models.CharField(max_length=300)
    is_dropped = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("알린 일")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "rule", "person", "step"], name="reminder_sent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.thing} {self.step}"


class Mute(models.Model):
    """A rule of which a person does not want to be told. The thing itself stays due."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mutes")
    rule = models.CharField(max_length=40)
    muted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("받지 않는 알림")
        constraints = [models.UniqueConstraint(fields=["person", "rule"], name="mute_once")]

    def __str__(self) -> str:
        return self.rule


class Absence(models.Model):
    """Days on which another person gets somebody's reminders."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("직원"), related_name="absences"
    )
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("대신할 사람"), related_name="+"
    )
    first_on = models.DateField(_("첫날"))
    last_on = models.DateField(_("마지막 날"))

    class Meta:
        verbose_name = verbose_name_plural = _("부재")
        ordering = ["first_on"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=F("stand_in")), name="absence_stand_in_is_another"
            ),
            models.CheckConstraint(
                condition=Q(first_on__lte=F("last_on")), name="absence_days_in_order"
            ),
            days_apart(
                "absence_days_not_twice", of="person", first="first_on", last="last_on", whole=True
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_on} ~ {self.last_on}"


class UrgentPhone(models.Model):
    """The mobile number to which a person agreed to get urgent reminders, sealed."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="urgent_phone"
    )
    sealed = models.BinaryField()
    agreed_at = models.DateTimeField(_("동의한 때"), auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("급한 알림을 받는 번호")

    def __str__(self) -> str:
        return str(self.agreed_at)
