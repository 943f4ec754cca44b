"""Set a year's budget and the prices of messages.

Raises RefusedError with a sentence where the rules do not allow the write.
"""

import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from civic.notices.access import may_budget
from civic.notices.budget.queries import has_page
from civic.notices.models import Budget
from gwonseon.constraints import refusing
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.versions import OutdatedError, write_over

log = logging.getLogger(__name__)


@transaction.atomic
def set_budget(*, year: int, values: Mapping[str, Any], version: int, by: User) -> Budget:
    """Set a year's amount and prices, in 원; `version` is the one that was seen, 0 of none.

    Notices that are approved keep their price. Raises OutdatedError where somebody set it after
    `version`, perhaps for the first time.
    """
    if not may_budget(by):
        raise RefusedError("문자 예산은 기획만 정합니다. 기획에 부탁해 주세요.")
    if not has_page(year):
        raise RefusedError("예산은 내년까지만 정할 수 있습니다. 연도를 확인해 주세요.")
    budget = Budget.objects.select_for_update().filter(year=year).first() or Budget(year=year)
    with refusing(
        {
            "civic_budget_year_key": lambda: OutdatedError(Budget.objects.get(year=year)),
            "budget_price_not_negative": "문자값은 0 이상의 수로 적어 주세요.",
        }
    ):
        write_over(budget, values, version)
    log.info("budget of %s set by %s", year, by.pk)
    return budget
