"""Read the history of an account: what changed, when and by whom. Triggers write it (models.py)."""

import datetime as dt
from itertools import groupby, pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from gwonseon.office.models import User, UserEvent, UserGroupEvent

Event = UserEvent | UserGroupEvent


class PersonChange(NamedTuple):
    """The changes that one request made: when, by whom, and a line for each."""

    at: dt.datetime
    by: str
    lines: list[str]


def history_of(person: User) -> list[PersonChange]:
    """Return the changes of a person's account, newest first (3 queries)."""
    facts = list(
        UserEvent.objects.filter(pgh_obj=person)
        .select_related("pgh_context", "department")
        .order_by("pgh_id")
    )
    roles = UserGroupEvent.objects.filter(user=person).select_related("pgh_context", "group")
    told = [(event, fact_lines(before, event)) for before, event in pairwise([None, *facts])]
    told += [(event, [role_line(event)]) for event in roles.order_by("pgh_id")]
    told.sort(key=lambda one: moment(one[0]), reverse=True)
    people = User.objects.in_bulk({author(event) for event, _lines in told} - {None})
    changes = []
    for (at, _context), events in groupby(told, key=lambda one: moment(one[0])):
        together = list(events)
        by = people.get(author(together[0][0]))
        lines = [line for _event, lines in together for line in lines]
        if lines:
            changes.append(PersonChange(at, str(by or _("관리 명령")), lines))
    return changes


def moment(event: Event) -> tuple[dt.datetime, str]:
    """Return a key that the events of one request share and that sorts them by time."""
    return event.pgh_created_at, str(event.pgh_context_id)


def author(event: Event) -> int | None:
    """Return the id of the user who made the request; None for a management command."""
    return event.pgh_context and event.pgh_context.metadata.get("user")


def role_line(event: UserGroupEvent) -> str:
    """Return the line for a role that was given or taken away."""
    given = _("역할 더함: %(role)s") if event.pgh_label == "insert" else _("역할 뺌: %(role)s")
    return given % {"role": event.group.name}


def fact_lines(before: UserEvent | None, after: UserEvent) -> list[str]:
    """Return a line for each difference between two states of an account."""
    if before is None:
        return [_("계정을 만듦") if after.pgh_label == "insert" else _("계정을 고침")]
    lines = []
    if before.name != after.name:
        lines.append(_("이름: %(old)s → %(new)s") % {"old": before.name, "new": after.name})
    if before.department_id != after.department_id:
        nowhere = _("없음")
        names = {"old": before.department or nowhere, "new": after.department or nowhere}
        lines.append(_("부서: %(old)s → %(new)s") % names)
    if before.is_active != after.is_active:
        lines.append(_("계정을 다시 엶") if after.is_active else _("계정을 닫음"))
    if before.is_superuser != after.is_superuser:
        lines.append(_("최고 관리자로 정함") if after.is_superuser else _("최고 관리자에서 뺌"))
    return lines
