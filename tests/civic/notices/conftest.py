"""A district whose plan counts notices, with an author, a head who approves, and followers."""

from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from civic.notices.budget.queries import Amount
from civic.notices.models import Budget, Notice
from gwonseon.messaging.models import Dispatch
from gwonseon.office.models import User
from gwonseon.office.roles import EDITOR, HEAD, PLANNER
from plans.tree.models import Activity
from tests.factories.ledger import recordable
from tests.factories.notices import approved
from tests.factories.office import staff
from tests.factories.residents import subscriber
from tests.messaging.conftest import start_vendor

__all__ = ["start_vendor"]

THIS_YEAR = timezone.localdate().year
PRICE = 30
VALUES = {"amount": 100_000, "sms_price": Decimal(PRICE), "lms_price": Decimal("99.90")}
FOLLOWERS = ("01000001111", "01000002222", "01000003333")


class Office(NamedTuple):
    """The activity, the author and the approving head that a notice needs."""

    activity: Activity
    author: User
    head: User


@pytest.fixture
def office(db: None) -> Office:
    activity = recordable(record_kind="text-notice", initiative__goal__pillar__code="safety")
    department = activity.department
    author, head = (staff(role, department=department) for role in (EDITOR, HEAD))
    return Office(activity, author, head)


@pytest.fixture
def followers(db: None) -> tuple[str, ...]:
    for number in FOLLOWERS:
        subscriber(number)
    return FOLLOWERS


@pytest.fixture
def budget(db: None) -> Budget:
    return Budget.objects.create(year=THIS_YEAR, **VALUES)


@pytest.fixture
def planner(db: None) -> User:
    return staff(PLANNER)


def finished(
    office: Office,
    left: int = 100,
    at: datetime | None = None,
    state: str = "done",
    **values: Any,
) -> Notice:
    """Return a notice that is over, by default done, of which `left` messages were sent."""
    by = values.pop("by", office.author)
    notice = approved(activity=office.activity, by=by, by_another=office.head, **values)
    ended = {"state": state, "finished_at": at or timezone.now(), "left": left}
    ended |= {"cancelled_by": office.head} if state == "cancelled" else {}
    Notice.objects.filter(pk=notice.pk).update(**ended)
    end = {"state": state, "finished_at": ended["finished_at"]}
    Dispatch.objects.filter(pk=notice.dispatch_id).update(**end)
    return notice


def priced(notices: int, messages: int) -> Amount:
    """Return the amount of short messages."""
    return Amount(notices, messages, Decimal(PRICE * messages), 0)


def words_of(page: str) -> str:
    """Return a page with single spaces."""
    return " ".join(page.split())
