"""Delete old digests, and set how long digests are kept."""

from datetime import date, timedelta

from plans.reminders.models import Digest

# A plan's year, and the months in which it is reported.
KEPT = timedelta(days=400)


def delete_old(today: date) -> int:
    """Delete old digests with their lines; return how many digests."""
    _count, by_model = Digest.objects.filter(on__lt=today - KEPT).delete()
    return by_model.get("plans.Digest", 0)
