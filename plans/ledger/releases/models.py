"""Photos of records that reports may show."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.ledger.kinds import personal_codes
from plans.ledger.models import Evidence, Record
from plans.ledger.releases.triggers import RELEASE_TRIGGERS


class PhotoReleaseQuerySet(models.QuerySet["PhotoRelease"]):
    """Filters for released photos."""

    def in_use(self) -> "PhotoReleaseQuerySet":
        """Return those that reports may show: of confirmed records of no personal kind."""
        rows = self.filter(evidence__record__state=Record.State.CONFIRMED)
        return rows.exclude(evidence__record__kind__in=personal_codes())


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    model_name="PhotoReleaseEvent",
)
class PhotoRelease(models.Model):
    """A photo that reports may show; it is withdrawn by deleting the row.

    `alt` says what is seen, for who cannot see it. A database trigger allows only photos of
    confirmed records. A photo whose record is corrected or voided later is not used any more.
    """

    evidence = models.OneToOneField(
        Evidence, models.PROTECT, verbose_name=_("사진"), related_name="release"
    )
    alt = models.CharField(_("사진에 보이는 것"), max_length=200)
    caption = models.CharField(_("사진 설명"), max_length=200, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("실은 사람"), related_name="+"
    )
    released_at = models.DateTimeField(_("실은 때"), auto_now_add=True)

    objects = PhotoReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("보고서에 싣는 사진")
        triggers = RELEASE_TRIGGERS
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="released_photo_says_what_is_seen"),
        ]

    def __str__(self) -> str:
        return self.alt
