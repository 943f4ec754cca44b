"""When a notice may be sent: between its times, and at night only if it is about safety."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.notices.models import Notice
from gwonseon.messaging.quiet_hours import END, is_quiet

QUIET = gettext_lazy(
    "21시부터 다음 날 8시까지는 안전 안내만 보냅니다. 보낼 기한을 8시보다 늦은 때로 적어 주세요."
)


def problem_of_times(notice: Notice, now: datetime) -> str:
    """Return why nothing could leave between a notice's times, or ""."""
    begins = max(now, notice.send_at or now)
    if notice.expires_at <= begins:
        return _("보낼 기한이 지났습니다. 보낼 기한을 더 늦은 때로 적어 주세요.")
    if notice.nature == Notice.Nature.SAFETY or not is_quiet(begins):
        return ""
    return "" if notice.expires_at > morning_after(begins) else str(QUIET)


def morning_after(moment: datetime) -> datetime:
    """Return when the quiet hours end that a moment is in."""
    local = timezone.localtime(moment)
    day = local.date() if local.time() < END else local.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, END))
