"""Draft records that nobody confirmed for a week, and months without an expected record."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from plans.ledger.models import Record
from plans.progress.arithmetic import Promise, expected
from plans.progress.queries import holds
from plans.reminders.models import Urgency
from plans.reminders.rules.registry import Reminder, Today
from plans.reminders.rules.updates import by_addressee
from plans.tree.choices import Measure
from plans.tree.models import Activity, Plan
from plans.tree.titles import first_of

A_WEEK = timedelta(days=7)
A_DAY = timedelta(days=1)


def drafts_to_confirm(today: Today) -> Iterator[Reminder]:
    """Yield a reminder a week for everybody whose draft records are a week old."""
    week_ago = timezone.make_aware(datetime.combine(today.on - A_WEEK + A_DAY, time()))
    rows = Record.objects.filter(state=Record.State.DRAFT, written_at__lt=week_ago)
    for person, count in Counter(rows.values_list("written_by", flat=True)).items():
        yield Reminder(
            person,
            "drafts",
            week_of(today.on),
            _("확정하지 않은 실적 %(n)s건") % {"n": count},
            _("쓴 지 한 주가 지남"),
            f"{reverse('ledger:records')}?state={Record.State.DRAFT}&mine=on",
        )


def week_of(day: date) -> str:
    """Return the calendar week as a step, so that a reminder is repeated once a week."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def records_to_write(today: Today) -> Iterator[Reminder]:
    """Yield a reminder for everybody in charge of what had no record in the last month.

    That is every activity whose target asks for at least one record in that month.
    """
    last = today.on.replace(day=1) - A_DAY
    first = last.replace(day=1)
    plan = Plan.objects.published().filter(year=last.year).first()
    if plan is None:
        return
    held = holds(plan, last)
    wanted = [
        one
        for one in today.activities(plan)
        if one.pk not in held and is_expected(one, first, last)
    ]
    there = Record.objects.filter(activity=OuterRef("pk"), happened_on__range=(first, last))
    there = there.filter(state__in=(Record.State.DRAFT, Record.State.CONFIRMED))
    rows = Activity.objects.filter(~Exists(there), pk__in=[one.pk for one in wanted])
    empty = set(rows.values_list("pk", flat=True))
    missing = [one for one in wanted if one.pk in empty]
    for person, activities in by_addressee(missing, today).items():
        yield Reminder(
            person,
            "records",
            f"{last:%Y-%m}",
            first_of([one.shown_title for one in activities]),
            _("%(year)s년 %(month)s월 실적이 하나도 없음")
            % {"year": last.year, "month": last.month},
            reverse("ledger:choose"),
            Urgency.LATE,
        )


def is_expected(activity: Activity, first: date, last: date) -> bool:
    """Return whether an activity's target asks for a record between two days."""
    if activity.measure != Measure.RECORDS or activity.target is None:
        return False
    quarters = activity.quarters
    year, starts, ends = last.year, activity.starts_on, activity.ends_on
    promise = Promise(activity.target, year, starts, ends, quarters)
    return expected(promise, last) - expected(promise, first - A_DAY) >= 1
