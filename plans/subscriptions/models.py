"""What a resident follows: pillars and initiatives of the plan, kinds of news, and their dong."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gwonseon.choices import hold_choices
from gwonseon.office.models import Dong
from gwonseon.residents.models import Resident
from plans.tree.models import Pillar

# More than a plan has.
MOST_INITIATIVES = 100


@hold_choices
class Subscription(models.Model):
    """A resident's choices, in one row, so that an audience needs no DISTINCT.

    `initiatives` are lineages: the same initiative is followed in the next year's plan. Without a
    dong, a resident gets news of the whole district only. Deleted with the resident; no history.
    """

    class News(models.TextChoices):
        """A kind of news."""

        NOTICE = "notice", _("생활 안내 (공사, 단속, 재난 대비)")
        JOINING = "joining", _("참여와 모집 (강좌, 텃밭, 주민 의견)")
        EVENT = "event", _("행사와 공연")
        PLAN = "plan", _("계획의 변경과 추진 결과")

    resident = models.OneToOneField(
        Resident, models.CASCADE, primary_key=True, related_name="subscription"
    )
    pillars = ArrayField(
        models.CharField(choices=Pillar.Code, max_length=10),
        verbose_name=_("분야"),
        default=list,
        blank=True,
    )
    initiatives = ArrayField(
        models.UUIDField(), verbose_name=_("추진과제"), default=list, blank=True
    )
    news = ArrayField(models.CharField(choices=News, max_length=10), verbose_name=_("소식의 종류"))
    dong = models.ForeignKey(
        Dong, models.PROTECT, verbose_name=_("사는 동"), null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(_("바꾼 때"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("받아 보는 소식")
        indexes = [
            GinIndex(fields=["pillars", "news"], name="subscription_by_pillar"),
            GinIndex(fields=["initiatives"], name="subscription_by_initiative"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(pillars__len__gte=1) | Q(initiatives__len__gte=1),
                name="subscription_follows_something",
            ),
            models.CheckConstraint(
                condition=Q(news__len__gte=1), name="subscription_has_a_kind_of_news"
            ),
            models.CheckConstraint(
                condition=Q(initiatives__len__lte=MOST_INITIATIVES),
                name="subscription_follows_not_too_much",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
