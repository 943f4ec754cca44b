"""Write templates for notices that recur. Who writes notices may change any of them.

Every function raises RefusedError with a sentence where the rules do not allow the write.
"""

import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from civic.notices.access import may_write
from civic.notices.models import NoticeTemplate
from gwonseon.constraints import refusing
from gwonseon.locking import lock_row
from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from gwonseon.versions import refuse_outdated, write_over

log = logging.getLogger(__name__)

READ_AGAIN = "그 사이에 고친 서식입니다. 지금 내용을 확인하고 다시 해 주세요."
NOT_YOURS = "서식을 고칠 권한이 없습니다. 부서 담당자에게 부탁해 주세요."
SENTENCES = {
    "civic_noticetemplate_name_key": "같은 이름의 서식이 있습니다. 다른 이름을 적어 주세요."
}


@transaction.atomic
def add_template(*, values: Mapping[str, Any], by: User) -> NoticeTemplate:
    """Save a new template."""
    refuse_reader(by)
    template = NoticeTemplate(**values)
    with refusing(SENTENCES):
        template.save()
    log.info("template %s added by %s", template.pk, by.pk)
    return template


@transaction.atomic
def change_template(
    *, template: NoticeTemplate, values: Mapping[str, Any], version: int, by: User
) -> NoticeTemplate:
    """Save new values of a template. Raises OutdatedError where it changed after `version`."""
    refuse_reader(by)
    template = lock_row(NoticeTemplate.objects.all(), template.pk)
    with refusing(SENTENCES):
        write_over(template, values, version)
    log.info("template %s changed by %s", template.pk, by.pk)
    return template


@transaction.atomic
def delete_template(*, template: NoticeTemplate, version: int, by: User) -> None:
    """Delete a template; notices that were made of it stay."""
    refuse_reader(by)
    template = lock_row(NoticeTemplate.objects.all(), template.pk)
    refuse_outdated(template, version, READ_AGAIN)
    log.info("template %s deleted by %s", template.pk, by.pk)
    template.delete()


def refuse_reader(by: User) -> None:
    """Raise RefusedError if the user may not write notices."""
    if not may_write(by):
        raise RefusedError(NOT_YOURS)
