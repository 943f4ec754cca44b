"""What a year's messages cost, by department and by kind of news, against the year's budget.

Years are Seoul's. A message counts in the year in which its sending ended. A notice that is being
sent is reserved with all who were approved, so that nothing counts its messages while they leave.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, F, Min, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from civic.notices.models import Budget, Notice
from civic.notices.queries import LEFT, Cost, budget_of, this_year
from gwonseon.fields.numbers import grouped
from gwonseon.messaging.models import Dispatch, Message
from plans.subscriptions.models import Subscription

# From this share of the budget on, in percent, a notice is warned of.
NEAR = 80
# Earlier years have neither a portal nor a budget.
FIRST_YEAR = 2000


@dataclass(frozen=True)
class Amount:
    """Notices, their messages, and what these cost in 원.

    `won` is the sum of the messages whose price is known; `unpriced` is how many have none.
    """

    notices: int = 0
    messages: int = 0
    won: Decimal = Decimal(0)
    unpriced: int = 0

    @classmethod
    def of(cls, messages: int, price: Decimal | None, *, notices: int = 0) -> "Amount":
        """Return the amount of messages of one price, which may be unknown."""
        if price is None:
            return cls(notices, messages, unpriced=messages)
        return cls(notices, messages, messages * price)

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(
            self.notices + other.notices,
            self.messages + other.messages,
            self.won + other.won,
            self.unpriced + other.unpriced,
        )

    @property
    def is_unknown(self) -> bool:
        """Whether there are messages, and no price of any is known."""
        return 0 < self.messages == self.unpriced


@dataclass(frozen=True)
class DepartmentShare:
    """What one department sent of one kind of news."""

    department: str
    news: str
    amount: Amount


@dataclass(frozen=True)
class NoticeSpending:
    """A year's messages: notices by department and news, single messages, and those to come.

    `single` are sign-in codes and tests, at the price of a short message. `reserved` are approved
    notices whose sending has not ended.
    """

    year: int
    budget: Budget | None
    parts: list[DepartmentShare]
    single: Amount
    reserved: Amount

    @property
    def notices(self) -> Amount:
        """All notices whose sending ended."""
        return total(part.amount for part in self.parts)

    @property
    def whole(self) -> Amount:
        """Everything but what is reserved."""
        return self.notices + self.single

    @property
    def committed(self) -> Amount:
        """What left, and what will leave."""
        return self.whole + self.reserved

    @property
    def by_department(self) -> list[tuple[str, Amount]]:
        """Departments with what they sent, by name."""
        names = sorted({part.department for part in self.parts})
        return [
            (name, total(one.amount for one in self.parts if one.department == name))
            for name in names
        ]

    @property
    def by_news(self) -> list[tuple[str, Amount]]:
        """Kinds of news with what was sent of them."""
        return [
            (str(news.label), total(one.amount for one in self.parts if one.news == news))
            for news in Subscription.News
            if any(one.news == news for one in self.parts)
        ]

    @property
    def left(self) -> Decimal | None:
        """What is left of the budget in 원."""
        return self.budget and max(self.budget.amount - self.committed.won, Decimal(0))

    @property
    def over(self) -> Decimal | None:
        """By how much the budget is exceeded, in 원."""
        return self.budget and max(self.committed.won - self.budget.amount, Decimal(0))

    @property
    def bar(self) -> tuple[float, float]:
        """How much of the budget was spent and is reserved, in percent, together at most 100."""
        spent_part = share(self.whole.won, self.budget)
        return spent_part, min(share(self.reserved.won, self.budget), 100 - spent_part)


def spent(year: int) -> NoticeSpending:
    """Return what a year's messages cost (4 queries)."""
    budget = budget_of(year)
    return NoticeSpending(
        year=year,
        budget=budget,
        parts=finished(year),
        single=Amount.of(single_messages(year), budget.sms_price if budget else None),
        reserved=reserved(year),
    )


def warning_for(cost: Cost, spending: NoticeSpending) -> str:
    """Return a sentence if a notice would come near the year's budget or exceed it, else "".

    `cost` is that of a notice that is not approved yet. Says, too, where a price is not known.
    """
    if spending.budget is None or cost.total is None:
        return _(
            "%(year)s년 문자 예산을 정하지 않아 금액을 알 수 없습니다. "
            "기획에 예산과 문자값을 정해 달라고 하세요."
        ) % {"year": spending.year}
    sentences = [
        warning_of(spending.committed.won + cost.total, spending.budget),
        unpriced_in_words(spending.committed.unpriced),
    ]
    return " ".join(filter(None, sentences))


def warning_of(won: Decimal, budget: Budget) -> str:
    """Return the sentence about a sum that a budget would have to pay, or ""."""
    facts = {"year": budget.year, "amount": grouped(budget.amount), "won": grouped(won)}
    if won > budget.amount:
        over = grouped(won - budget.amount)
        return _(
            "이 안내를 보내면 %(year)s년 문자 예산 %(amount)s원을 %(over)s원 넘습니다. "
            "보내기 전에 기획과 상의해 주세요."
        ) % (facts | {"over": over})
    if won and won * 100 >= budget.amount * NEAR:
        return _(
            "이 안내를 보내면 %(year)s년 문자 예산 %(amount)s원 가운데 %(won)s원(%(share)s%%)을 "
            "쓰게 됩니다."
        ) % (facts | {"share": int(won * 100 // budget.amount)})
    return ""


def unpriced_in_words(messages: int) -> str:
    """Return the sentence about messages whose price is unknown; "" if there are none."""
    if not messages:
        return ""
    return _("문자 %(number)s건은 값을 알 수 없어 금액에 들어 있지 않습니다.") % {
        "number": f"{messages:,}"
    }


def years() -> list[int]:
    """Return the years to choose from, the next one first (2 queries)."""
    first = Dispatch.objects.aggregate(first=Min("finished_at"))["first"]
    known = [*Budget.objects.values_list("year", flat=True), this_year()]
    begins = min([*known, *([year_of(first)] if first else [])])
    return list(range(this_year() + 1, max(begins, FIRST_YEAR) - 1, -1))


def has_page(year: int) -> bool:
    """Return whether a year may have a budget: none far in the past or the future."""
    return FIRST_YEAR <= year <= this_year() + 1


def finished(year: int) -> list[DepartmentShare]:
    """Return the notices whose sending ended in a year and of which something left (1 query)."""
    over = [Notice.State.DONE, Notice.State.CANCELLED]
    rows = Notice.objects.filter(state__in=over, finished_at__year=year, left__gt=0)
    sums = rows.values_list("department__name", "news").annotate(
        notices=Count("pk"),
        messages=Sum("left"),
        won=Sum(F("left") * F("unit_price"), default=Decimal(0)),
        unpriced=Sum("left", filter=Q(unit_price=None), default=0),
    )
    return [DepartmentShare(name, news, Amount(*amounts)) for name, news, *amounts in sums]


def reserved(year: int) -> Amount:
    """Return the amount of approved notices whose sending has not ended (1 query)."""
    now = timezone.now()
    rows = Notice.objects.in_work().values_list("recipients", "unit_price", "dispatch__not_before")
    return total(
        Amount.of(recipients, price, notices=1)
        for recipients, price, begins in rows
        if year_of(max(begins, now)) == year
    )


def single_messages(year: int) -> int:
    """Return how many messages left that went to one number each (1 query)."""
    of_year = Q(dispatch__finished_at__year=year)
    if year == this_year():
        of_year |= Q(dispatch__finished_at=None)
    return Message.objects.filter(of_year, dispatch__is_bulk=False, state__in=LEFT).count()


def total(amounts: Iterable[Amount]) -> Amount:
    """Return the sum of amounts."""
    return sum(amounts, Amount())


def share(won: Decimal, budget: Budget | None) -> float:
    """Return a sum as a share of the budget in percent, at most 100."""
    if budget is None or not won:
        return 0
    return min(float(won * 100 / budget.amount), 100) if budget.amount else 100


def year_of(moment: datetime) -> int:
    """Return the year of a moment by Seoul's calendar."""
    return timezone.localtime(moment).year
