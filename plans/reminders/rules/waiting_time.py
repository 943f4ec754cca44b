"""Calculate how long something has waited for a decision; shared by several rules."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from plans.reminders.rules.registry import Today
from plans.reminders.steps import WAITING, step_after


def waited(since: datetime, today: Today) -> tuple[str, str] | None:
    """Return the step and the text for how long something has waited; None if too early."""
    days = today.since(timezone.localdate(since))
    step = step_after(days, WAITING)
    return (step, _("결정을 근무일 %(n)s일째 기다림") % {"n": days}) if step else None
