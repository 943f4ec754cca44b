"""Queries of sent notices for residents' pages, which name neither staff nor recipients."""

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Greatest
from django.shortcuts import get_object_or_404

from civic.kinds import TEXT_NOTICE
from civic.notices.models import Notice, NoticeQuerySet
from plans.tree.models import Activity, Initiative, Plan

# Lookup paths from a notice to what its panel can stand on.
PATHS: dict[type[Plan | Initiative | Activity], str] = {
    Plan: "activity__plan",
    Initiative: "activity__initiative",
    Activity: "activity",
}
MOST_ON_ITEM = 5
MOST_ON_PLAN = 3


def sent_notices() -> NoticeQuerySet:
    """Return the notices that residents may read, the latest first.

    Each has `appeared_at`: when it was approved, or when it was due if that was later.
    """
    appeared = Notice.objects.public().annotate(appeared_at=Greatest("approved_at", "send_at"))
    return appeared.order_by("-appeared_at", "-pk")


def notices_about(*, news: str = "", pillar: str = "") -> NoticeQuerySet:
    """Return the sent notices of a kind of news and of a pillar (its code); without one, of any.

    A pillar's notices are those to its followers, and those of its activities.
    """
    rows = sent_notices().select_related("department")
    if news:
        rows = rows.filter(news=news)
    if pillar:
        below = {f"activity__{Activity.PILLAR_PATH}__code": pillar}
        rows = rows.filter(Q(pillars__contains=[pillar]) | Q(**below))
    return rows


def sent_notice(key: int) -> Notice:
    """Return a sent notice with what its page names, or answer 404 (1 query)."""
    return get_object_or_404(
        sent_notices().select_related("activity__plan", "department", "sender"), pk=key
    )


@dataclass(frozen=True)
class ItemNotices:
    """The latest notices of a plan or of one of its items, and whether its records are notices."""

    notices: list[Notice]
    is_counting: bool

    def __bool__(self) -> bool:
        return bool(self.notices) or self.is_counting


def notices_of(item: Plan | Initiative | Activity) -> ItemNotices:
    """Return the latest sent notices of a plan, of an initiative, or of an activity (1 query)."""
    most = MOST_ON_PLAN if isinstance(item, Plan) else MOST_ON_ITEM
    rows = sent_notices().filter(**{PATHS[type(item)]: item})[:most]
    return ItemNotices(list(rows), getattr(item, "record_kind", "") == TEXT_NOTICE)
