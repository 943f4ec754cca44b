"""A person's calendar of due days, which calendar programs read by a private address."""

from uuid import uuid4

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Feed(models.Model):
    """A private address of a person's calendar.

    Only the SHA-256 of its secret is stored: the address is shown once, when it is made. Making
    another one revokes it.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed"
    )
    secret_digest = models.CharField(
        max_length=64, unique=True, validators=[RegexValidator(r"^[0-9a-f]{64}\Z")]
    )
    made_at = models.DateTimeField(_("만든 때"), auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("달력 주소")

    def __str__(self) -> str:
        return str(self.made_at)


class Entry(models.Model):
    """A due day in a person's calendar. If it is no longer due, it is kept as cancelled.

    `uid` and `sequence` are those of RFC 5545: a calendar program knows the entry again, and that
    it changed.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_entries"
    )
    thing = models.CharField(max_length=80)
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    on = models.DateField(_("날"))
    about = models.CharField(_("무엇"), max_length=500)
    url = models.CharField(max_length=300)
    is_cancelled = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("달력의 날")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "thing"], name="calendar_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.about}"
