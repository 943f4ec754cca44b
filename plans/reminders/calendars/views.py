"""A person's calendar, for programs that know its private address."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gwonseon.error_reports import address_is_secret
from plans.reminders.calendars.actions import digest_of
from plans.reminders.calendars.models import Entry, Feed
from plans.reminders.calendars.writing import calendar_of


# A request without a CSRF token would be refused, and logged, before its address is forgotten.
@csrf_exempt
@address_is_secret
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer with the calendar of an address, or 404 that does not say why (2 queries).

    Nobody signs in: who knows the address may read. A closed account has no calendar.
    """
    found = Feed.objects.filter(secret_digest=digest_of(secret), person__is_active=True).first()
    if found is None:
        raise Http404(_("그런 달력이 없습니다."))
    entries = Entry.objects.filter(person=found.person_id).order_by("pk")
    content = calendar_of(entries, name=_("구정계획 기한"), prodid="-//Gwonseon//Reminders//KO")
    headers = {
        "Cache-Control": "private, no-cache",
        "ETag": f'"{sha256(content).hexdigest()}"',
        "Content-Disposition": 'inline; filename="gwonseon.ics"',
    }
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=headers["ETag"], response=answer)
