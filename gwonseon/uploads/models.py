"""An uploaded table, kept between its preview and its writing."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Upload(models.Model):
    """A checked table that waits to be written.

    `kind` names the kind of table, and `scope` what it is for (the key of a plan or an activity;
    empty if there is only one register). A person has at most one upload of a kind and scope: a new
    one replaces it. Each kind defines what `rows` contain. `unchanged` counts further rows that are
    the same as in the database.
    """

    kind = models.CharField(max_length=40)
    scope = models.CharField(max_length=40, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    rows = models.JSONField()
    unchanged = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("올린 표")
        constraints = [
            models.UniqueConstraint(
                fields=["uploaded_by", "kind", "scope"], name="upload_once_of_a_kind_and_scope"
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
