"""The open quarter of the tests of tracking, and what rules find on a day."""

from datetime import date

from plans.reminders.due import reminders_on, today_of
from plans.reminders.rules.registry import Reminder
from tests.office.mail.conftest import server
from tests.plans.tracking.conftest import Quarter, quarter

__all__ = ["Quarter", "quarter", "server"]


def found_on(day: str, rule: str = "", person: int | None = None) -> list[Reminder]:
    """Return what is found on a day, of a rule and for a person, if they are given."""
    return [
        one
        for one in reminders_on(today_of(date.fromisoformat(day)))
        if rule in {"", one.rule} and person in {None, one.person}
    ]


def steps(day: str, rule: str, person: int | None = None) -> list[str]:
    """Return the steps of what a rule finds on a day."""
    return [one.step for one in found_on(day, rule, person)]
