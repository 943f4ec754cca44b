"""An uploaded table, kept between its preview and its writing."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Upload(models.Model):
    """A checked table that waits to be written.

    `kind` names whose table it is, `scope` what it is about (a plan, an activity; empty for a
    register that there is one of). A person has one of a kind and scope: a new upload takes the
    place of the last. What `rows` hold, each kind says; `unchanged` is how many more rows said what
    is there already.
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
