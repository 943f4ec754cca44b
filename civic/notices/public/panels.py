"""The panel of sent notices on residents' pages of a plan, an initiative and an activity."""

from django.utils.translation import gettext_lazy as _

from civic.notices.public.queries import notices_of
from plans.panels import Panel

SENT_NOTICES = Panel("", _("문자 소식"), "civic/notices/public/_item_notices.html", notices_of)
