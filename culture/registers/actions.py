"""Keeping the registers of plots and of performances. Nothing of them is deleted.

Every function raises RefusedError with a sentence where the rules do not allow the write.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction

from culture.registers.access import Row, activities_for, may_keep, rows_of
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError

log = logging.getLogger(__name__)

SENTENCES = {
    "plot_once_in_a_garden": "그 사이에 같은 번호의 구좌가 등록되었습니다. 그 구좌를 고치세요.",
    "show_once_at_a_time": "그 사이에 같은 공연이 등록되었습니다. 그 공연을 고치세요.",
}
OUTDATED = "그 사이에 다른 사람이 고쳤습니다. 아래 적은 것과 견주어 보고 다시 저장하세요."


class OutdatedError(RefusedError):
    """Somebody else changed the row meanwhile; `row` is what it says now."""

    def __init__(self, row: Row) -> None:
        super().__init__(OUTDATED)
        self.row = row


@contextmanager
def in_words() -> Iterator[None]:
    """Say in words what the database refuses; what was written inside is undone."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        sentence = SENTENCES.get(error.__cause__.diag.constraint_name)
        if sentence is None:
            raise
        raise RefusedError(sentence) from error


@transaction.atomic
def add_row(*, row: Row, by: User) -> Row:
    """Add a row, not saved yet, to its register."""
    if not activities_for(type(row), by).filter(pk=row.activity_id).exists():
        raise RefusedError("이 활동에 적을 권한이 없습니다. 담당부서에 알려 주세요.")
    with in_words():
        row.save()
    log.info("%s %s added by %s", row._meta.model_name, row.pk, by.pk)
    return row


@transaction.atomic
def change_row(*, row: Row, values: Mapping[str, Any], version: int, by: User) -> Row:
    """Write what a row says.

    Raises OutdatedError where somebody changed it after `version`.
    """
    row = rows_of(type(row)).select_for_update(of=("self",)).get(pk=row.pk)
    if not may_keep(by, row):
        raise RefusedError("이 항목을 고칠 권한이 없습니다. 담당부서에 알려 주세요.")
    if row.version != version:
        raise OutdatedError(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    with in_words():
        row.save()
    log.info("%s %s changed by %s", row._meta.model_name, row.pk, by.pk)
    return row
