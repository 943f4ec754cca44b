"""The reminder of reports that a worker made, or could not make, while nobody waited for them."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.reminders.people import holders_of
from plans.reminders.rules.registry import Reminder, Rule, Today
from plans.reports.access import READ
from plans.reports.exports.models import KEPT, Export


def exports_to_fetch(today: Today) -> Iterator[Reminder]:
    """Yield a reminder of each export whose end its owner has not seen, once (2 queries)."""
    ended = Q(state=Export.State.DONE) & ~Q(file="") | Q(state=Export.State.FAILED)
    rows = Export.objects.filter(ended, seen_at=None, asked_at__date__gte=today.on - KEPT)
    readers = set(holders_of(READ))
    for one in rows:
        if one.asked_by_id in readers:
            yield Reminder(
                one.asked_by_id,
                f"export:{one.pk}",
                "ended",
                _("보고서 받기: %(title)s (%(format)s)")
                % {"title": one.title, "format": one.get_format_display()},
                one.failure or _("다 되었습니다"),
                one.get_absolute_url(),
            )


RULE = Rule("exports", gettext_lazy("다 된 보고서"), finds=exports_to_fetch, is_personal=True)
