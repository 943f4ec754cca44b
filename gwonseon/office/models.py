"""The district, its departments, its dong and its staff."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class District(models.Model):
    """The one settings row: another district is data, not code."""

    name = models.CharField(_("자치단체 이름"), max_length=50, default="권선구")
    office = models.CharField(_("운영 기관"), max_length=50, default="권선구청")
    address = models.CharField(_("주소"), max_length=200, blank=True)
    phone = models.CharField(_("대표전화"), max_length=30, blank=True)
    is_official = models.BooleanField(
        _("공식 누리집"),
        default=False,
        help_text=_(
            "공식 누리집에서만 켭니다. 전자정부 누리집 표시와 운영 기관 식별자가 나옵니다."
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
    """A department of the office. Staff keep the list; closed ones stay for the record."""

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


class User(AbstractUser):
    """A member of staff. Residents never sign in here."""

    first_name = None
    last_name = None
    name = models.CharField(_("이름"), max_length=50)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("부서"), null=True, blank=True
    )
    is_demo = models.BooleanField(_("시연 계정"), default=False, editable=False)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = _("직원")

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Return the name as one writes it in Korean: one field."""
        return self.name or self.username

    def get_short_name(self) -> str:
        """Return the same name; Korean has no shorter polite form."""
        return self.get_full_name()
