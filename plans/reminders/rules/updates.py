"""Updates that are not handed in, and those that wait for a decision."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from plans.amendments.force import force_of
from plans.reminders.rules.registry import Due, Reminder, Today
from plans.reminders.rules.waiting_time import waited
from plans.tracking.models import ABOVE, Period, Update
from plans.tracking.queries import by_period, update_of, was_in
from plans.tree.access import in_charge_of, owner_of
from plans.tree.models import Activity
from plans.tree.titles import first_of


def updates_to_hand_in(today: Today) -> Iterator[Due]:
    """Yield one due day for each person and open period in which something is not handed in."""
    periods = list(Period.objects.open().select_related("plan"))
    updates = by_period(periods)
    for period in periods:
        behind = [
            one
            for one in in_period(period, today)
            if (update := update_of(one, updates[period.pk])) is None or update.is_in_work
        ]
        page = period.get_absolute_url()
        for person, activities in by_addressee(behind, today).items():
            titles = first_of([one.shown_title for one in activities])
            of_owner = page + of_one_owner(activities)
            yield Due(
                person,
                f"period:{period.pk}:{person}",
                period.due_on,
                _("%(period)s 추진상황: %(titles)s") % {"period": period, "titles": titles},
                f"{page}?mine=on" if are_charge_of(person, activities) else of_owner,
                of_owner,
            )


def in_period(period: Period, today: Today) -> list[Activity]:
    """Return the activities that are part of the plan in a period."""
    force = force_of(period.plan, period.plan.first_day)
    return [one for one in today.tree(period.plan).activities if was_in(period, one, force)]


def by_addressee(activities: list[Activity], today: Today) -> dict[int, list[Activity]]:
    """Return activities by the key of the person who gets the reminder about them."""
    found: dict[int, list[Activity]] = defaultdict(list)
    for one in activities:
        for person in today.staff.in_charge_of(one):
            found[person].append(one)
    return found


def are_charge_of(person: int, activities: list[Activity]) -> bool:
    """Return whether a person is in charge of all activities."""
    return all(in_charge_of(one) == person for one in activities)


def of_one_owner(activities: list[Activity]) -> str:
    """Return the query string for the one department that owns all activities; "" if several."""
    owners = {owner_of(one) for one in activities}
    return f"?department={owners.pop() or ''}" if len(owners) == 1 else ""


def updates_to_decide(today: Today) -> Iterator[Reminder]:
    """Yield a reminder for each person and period with updates that wait for three working days."""
    waiting: dict[tuple[int, Period], list[Update]] = defaultdict(list)
    rows = Update.objects.waiting().filter(period__state=Period.State.OPEN)
    for update in rows.select_related("period", *ABOVE).order_by("submitted_at", "pk"):
        for person in today.staff.deciders_of(update.node, but=update.writers):
            waiting[person, update.period].append(update)
    for (person, period), updates in waiting.items():
        told = waited(updates[0].submitted_at, today)
        if told:
            step, why = told
            titles = first_of([one.node.shown_title for one in updates])
            # The oldest names the wait: once it is decided, the next one waits on its own.
            yield Reminder(
                person,
                f"update:{updates[0].pk}",
                step,
                _("%(period)s 추진상황 승인: %(titles)s") % {"period": period, "titles": titles},
                why,
                reverse("tracking:waiting", args=[period.pk]),
            )
