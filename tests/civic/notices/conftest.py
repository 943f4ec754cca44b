"""A district whose plan counts notices, with an author, a head who approves, and followers."""

from typing import NamedTuple

import pytest

from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, HEAD
from plans.tree.models import Activity
from tests.factories.ledger import recordable
from tests.factories.office import staff
from tests.factories.residents import subscriber
from tests.messaging.conftest import start_vendor

__all__ = ["start_vendor"]

FOLLOWERS = ("01000001111", "01000002222", "01000003333")


class Office(NamedTuple):
    """Whom and what a notice needs."""

    activity: Activity
    author: User
    head: User


@pytest.fixture
def office(db: None) -> Office:
    activity = recordable(record_kind="text-notice")
    department = activity.department
    author, head = (staff(role, department=department) for role in (EDITOR, HEAD))
    return Office(activity, author, head)


@pytest.fixture
def followers(db: None) -> tuple[str, ...]:
    for number in FOLLOWERS:
        subscriber(number)
    return FOLLOWERS
