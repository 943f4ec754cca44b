"""Planned performances as days of the public calendar."""

from collections.abc import Iterator
from uuid import uuid5

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from culture.models import Show
from plans.opendata.news.calendar import PublicDay
from plans.tree.models import Plan


def days_of_shows() -> Iterator[PublicDay]:
    """Yield the days of the performances of published plans, also cancelled ones (1 query).

    A calendar program that shows a performance learns by its id that it was cancelled.
    """
    rows = Show.objects.filter(activity__plan__status=Plan.Status.PUBLISHED)
    for one in rows.select_related("activity__plan"):
        starts_at = timezone.localtime(one.starts_at)
        names = {"time": date_format(starts_at, "H:i"), "title": one.title, "place": one.place}
        yield PublicDay(
            uid=uuid5(one.activity.lineage, f"show-{one.pk}"),
            on=starts_at.date(),
            about=_("%(time)s %(title)s, %(place)s") % names,
            url=one.activity.get_absolute_url(),
            changed_at=one.activity.plan.published_at,
            sequence=one.version,
            is_cancelled=one.cancelled_on is not None,
        )
