"""Days off that the list of public holidays does not know yet, or that this office works."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """A day off of this office, such as a temporary public holiday; or one that it works."""

    on = models.DateField(_("날"), primary_key=True)
    name = models.CharField(_("이름"), max_length=50)
    is_worked = models.BooleanField(
        _("일하는 날"), default=False, help_text=_("공휴일이지만 일하는 날이면 고릅니다.")
    )

    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("쉬는 날")
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"
