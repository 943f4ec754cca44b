"""The reminder of notices that wait for approval."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.notices.access import may_approve
from civic.notices.models import Notice
from plans.reminders.rules.registry import Reminder, Rule, Today
from plans.reminders.rules.waiting_time import waited


def notices_to_approve(today: Today) -> Iterator[Reminder]:
    """Yield a reminder of each notice that waits for three working days (1 query)."""
    for one in Notice.objects.filter(state=Notice.State.WAITING).select_related("activity"):
        told = waited(one.submitted_at, today)
        if told is None:
            continue
        step, why = told
        able = [who for who in today.staff.known if may_approve(who, one)]
        about = _("문자 안내 승인하기: %(activity)s") % {"activity": one.activity.shown_title}
        for person in today.staff.nearest(able):
            yield Reminder(person, f"notice:{one.pk}", step, about, why, one.get_absolute_url())


RULE = Rule("notices", gettext_lazy("문자 안내 승인하기"), finds=notices_to_approve)
