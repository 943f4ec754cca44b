"""Models of the district, departments, dong, staff, their drafts, and the access log."""

from collections.abc import Iterator

import pghistory
from django.conf import settings
from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from gwonseon.office.access_log.triggers import ACCESS_TRIGGERS, REVIEW_TRIGGERS
from gwonseon.office.workdays.models import Holiday

__all__ = [
    "AccessReview",
    "Department",
    "District",
    "Dong",
    "Draft",
    "Holiday",
    "OpenQuerySet",
    "PersonalAccess",
    "User",
    "UserGroup",
]


class District(models.Model):
    """The settings of the district, in a single row: another district needs no other code."""

    name = models.CharField(_("자치단체 이름"), max_length=50, default="권선구")
    office = models.CharField(_("운영 기관"), max_length=50, default="권선구청")
    address = models.CharField(_("주소"), max_length=200, blank=True)
    phone = models.CharField(_("대표전화"), max_length=30, blank=True)
    message_sender = models.CharField(
        _("문자 발송 수탁자"),
        max_length=50,
        blank=True,
        help_text=_("문자를 보내는 일을 맡은 회사의 이름. 개인정보 처리방침에 나옵니다."),
    )
    is_official = models.BooleanField(
        _("공식 누리집"),
        default=False,
        help_text=_(
            "공식 누리집에서만 켭니다. 전자정부 누리집 표시와 운영 기관 식별자가 나옵니다."
        ),
    )
    is_sample = models.BooleanField(
        _("예시 자료"),
        default=False,
        editable=False,
        help_text="Nothing in the database is real, and every page says so.",
    )
    code_roles = models.ManyToManyField(
        Group,
        verbose_name=_("일회용 번호를 요구하는 역할"),
        blank=True,
        help_text=_(
            "고른 역할의 직원은 비밀번호 다음에 휴대전화 인증 앱의 번호를 넣어야 들어옵니다."
        ),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("자치단체 설정")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="district_is_one_row")]

    def __str__(self) -> str:
        return self.name


class OpenQuerySet(models.QuerySet):
    """Rows that are closed on a day instead of being deleted."""

    def open(self) -> "OpenQuerySet":
        """Return the rows that are not closed."""
        return self.filter(closed_on=None)


class Department(models.Model):
    """A department of the office. Staff edit the list; closed departments stay in it."""

    name = models.CharField(_("이름"), max_length=50, unique=True)
    phone = models.CharField(_("전화"), max_length=30, blank=True)
    position = models.PositiveIntegerField(_("순서"), default=0)
    closed_on = models.DateField(_("폐지일"), null=True, blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("부서")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Dong(models.Model):
    """An administrative dong (행정동) of the district."""

    name = models.CharField(_("이름"), max_length=30, unique=True)
    position = models.PositiveIntegerField(_("순서"), default=0)
    closed_on = models.DateField(_("폐지일"), null=True, blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("동")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


# Columns of a user whose changes are kept as history. Never passwords or times of sign-ins.
KEPT_FACTS = ["name", "department", "is_active", "is_staff", "is_superuser", "closed_on"]


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    fields=KEPT_FACTS,
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    model_name="UserEvent",
)
class User(AbstractUser):
    """A member of staff; residents never sign in here. Accounts are closed, never deleted."""

    first_name = None
    last_name = None
    name = models.CharField(_("이름"), max_length=50)
    # Not unique: a team may have one mailbox.
    email = models.EmailField(_("메일 주소"), blank=True)
    email_refused_at = models.DateTimeField(
        _("메일이 거절된 때"), null=True, blank=True, editable=False
    )
    email_refused_code = models.CharField(
        _("거절한 서버의 코드"), max_length=10, blank=True, editable=False
    )
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("부서"), null=True, blank=True
    )
    closed_on = models.DateField(_("닫은 날"), null=True, blank=True, editable=False)
    must_change_password = models.BooleanField(
        _("비밀번호를 바꿔야 함"), default=False, editable=False
    )
    # Part of the hash that sessions are checked against: raising it ends all sessions.
    session_number = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    is_demo = models.BooleanField(_("시연 계정"), default=False, editable=False)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = _("직원")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_active=True, closed_on=None)
                | Q(is_active=False, closed_on__isnull=False),
                name="user_is_active_or_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(email="") | Q(email_refused_at=None),
                name="user_refusal_is_of_an_address",
            ),
            models.CheckConstraint(
                condition=Q(email_refused_code="") | Q(email_refused_at__isnull=False),
                name="user_refusal_code_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Return the name: in Korean it is one field. Without a name, the username."""
        return self.name or self.username

    def get_short_name(self) -> str:
        """Return the same name; Korean has no shorter polite form."""
        return self.get_full_name()

    def get_session_auth_hash(self) -> str:
        """Return the value that a valid session holds: Django's hash and the session number."""
        return f"{super().get_session_auth_hash()}-{self.session_number}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the same value for each former secret key."""
        for known in super().get_session_auth_fallback_hash():
            yield f"{known}-{self.session_number}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class UserGroup(User.groups.through):
    """A user's role: a proxy of Django's table, so that its changes are kept as history."""

    class Meta:
        proxy = True


DRAFT_LENGTH = 20_000
REASON_LENGTH = 200
NOTE_LENGTH = 1000


class Draft(models.Model):
    """A text that a user has not saved yet; at most one for each user and place."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("직원"))
    place = models.CharField(_("자리"), max_length=100)
    text = models.TextField(_("글"))
    saved_at = models.DateTimeField(_("저장한 때"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("쓰다 만 글")
        constraints = [
            models.UniqueConstraint(fields=["user", "place"], name="one_draft_for_user_and_place")
        ]

    def __str__(self) -> str:
        return self.place


@hold_choices
class PersonalAccess(models.Model):
    """A row of the access log (접속기록): a user saw or handled one person's personal data.

    It has what 개인정보의 안전성 확보조치 기준 제8조 requires: who, when, from where, whose data,
    what was done with it, and why it was downloaded. `subject` is a reference such as
    「사례 2021-0007」, never a name or a phone number. Triggers set `at`, and refuse to change a
    row, and to delete it within two years.
    """

    class What(models.TextChoices):
        VIEW = "view", _("조회")
        SEARCH = "search", _("검색")
        ADD = "add", _("등록")
        CHANGE = "change", _("수정")
        DELETE = "delete", _("삭제")
        DOWNLOAD = "download", _("내려받기")

    at = models.DateTimeField(_("접속일시"), db_default=Now(), editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("직원"), related_name="+"
    )
    address = models.GenericIPAddressField(
        _("접속지"), null=True, unpack_ipv4=True, help_text="None where no server told it."
    )
    what = models.CharField(_("수행업무"), choices=What, max_length=10)
    subject = models.CharField(_("정보주체"), max_length=100)
    page = models.CharField(_("화면"), max_length=100, help_text="The route's name.")
    reason = models.CharField(_("내려받은 까닭"), max_length=REASON_LENGTH, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("접속기록")
        triggers = ACCESS_TRIGGERS
        indexes = [models.Index(fields=["at"], name="personal_access_by_moment")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="download") | Q(reason__regex=r"\S.{3,}\S"),
                name="personal_access_download_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.subject}"


class AccessReview(models.Model):
    """The review of a month of the access log by an administrator, and what they found.

    제8조 requires one for each month. Triggers set `reviewed_at`, and refuse a month that is not
    over, and any change or deletion.
    """

    month = models.DateField(_("달"), unique=True, help_text="Its first day.")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("점검한 사람"), related_name="+"
    )
    reviewed_at = models.DateTimeField(_("점검한 때"), db_default=Now(), editable=False)
    note = models.TextField(_("점검 결과"), max_length=NOTE_LENGTH)
    count = models.PositiveIntegerField(_("기록"), help_text="How many rows the month had.")
    own_count = models.PositiveIntegerField(
        _("점검한 사람의 기록"), help_text="How many of them are the reviewer's own."
    )

    class Meta:
        verbose_name = verbose_name_plural = _("접속기록 점검")
        ordering = ["-month"]
        triggers = REVIEW_TRIGGERS
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1), name="access_review_is_of_a_whole_month"
            ),
            models.CheckConstraint(
                condition=Q(note__regex=r"\S"), name="access_review_says_what_was_found"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
