"""Activities of the newest published plan without anybody in charge."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from plans.reminders.rules.records import week_of
from plans.reminders.rules.registry import Reminder, Today
from plans.tree.access import in_charge_of, owner_of
from plans.tree.models import Activity, Plan
from plans.tree.titles import first_of


def activities_without_person(today: Today) -> Iterator[Reminder]:
    """Yield a reminder a week for the heads of departments that have such activities."""
    plan = Plan.objects.published().filter(year=today.on.year).first()
    if plan is None:
        return
    found: dict[int | None, list[Activity]] = defaultdict(list)
    for one in today.activities(plan):
        if in_charge_of(one) not in today.staff.names:
            found[owner_of(one)].append(one)
    for department, activities in found.items():
        query = f"year={plan.year}&department={department or ''}&person=nobody"
        for person in today.staff.heads_of(department):
            yield Reminder(
                person,
                f"unowned:{department or 0}",
                week_of(today.on),
                _("담당자 정하기: %(titles)s")
                % {"titles": first_of([one.shown_title for one in activities])},
                _("담당자가 없는 활동 %(n)s건") % {"n": len(activities)},
                f"{reverse('workspace:home')}?{query}",
            )
