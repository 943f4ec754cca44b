"""Versions of a record: its content each time that somebody wrote it."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.ledger.models import Record
from plans.ledger.versions.triggers import (
    ACTIVITY_TRIGGERS,
    RECORD_TRIGGERS,
    VERSION_TRIGGERS,
)
from plans.tree.models import Activity

pgtrigger.register(*RECORD_TRIGGERS)(Record)
pgtrigger.register(*ACTIVITY_TRIGGERS)(Activity)


class RecordVersion(models.Model):
    """One version of a draft: who wrote it, when, and its content.

    Everybody who wrote a version is an author of the record. Database triggers allow versions to
    be added to drafts only, never changed, and deleted only with a discarded draft. `said` is made
    by `plans.ledger.versions.content`; it holds only what the record and its related rows hold.
    """

    record = models.ForeignKey(
        Record, models.CASCADE, verbose_name=_("실적"), related_name="versions"
    )
    number = models.PositiveIntegerField(_("번호"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("쓴 사람"), related_name="+"
    )
    at = models.DateTimeField(_("쓴 때"), auto_now_add=True)
    token = models.UUIDField(
        default=uuid4, editable=False, help_text="Of the form that it was written by."
    )
    said = models.JSONField(_("내용"))

    class Meta:
        verbose_name = verbose_name_plural = _("실적의 이력")
        ordering = ["record", "number"]
        triggers = VERSION_TRIGGERS
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="record_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.number}"
