"""Hours in which residents are left in peace, unless it is urgent: 21:00 to 08:00 in Seoul."""

from datetime import datetime, time

from django.utils import timezone

BEGIN, END = time(21), time(8)


def is_quiet(moment: datetime) -> bool:
    """Return whether a moment is in the quiet hours: 21:00 is, 08:00 is not."""
    clock = timezone.localtime(moment).time()
    return clock >= BEGIN or clock < END
