"""Residents' pages of sent notices, without signing in, and their feed."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from civic.notices.public.feed import feed_of
from civic.notices.public.forms import NoticeFilter
from civic.notices.public.queries import notices_about, sent_notice, sent_notices
from gwonseon.fields.phones import hyphenated
from gwonseon.office.models import District
from gwonseon.paging import numbered_page
from plans.public.page_cache import cached_page
from plans.public.pages import show_beside_the_plan

TEMPLATES = "civic/notices/public"
ENTRY = "sent_notices:notices"
NOTICES_PER_PAGE = 20
NOTICES_IN_FEED = 50


@require_safe
@cached_page
def notices(request: HttpRequest) -> HttpResponse:
    """List the sent notices, the latest first."""
    form = NoticeFilter(request.GET)
    return show_beside_the_plan(
        request,
        "notices",
        _("문자 소식"),
        templates=TEMPLATES,
        current=ENTRY,
        form=form,
        page=numbered_page(request, notices_about(**form.chosen), NOTICES_PER_PAGE),
        query=urlencode(form.chosen),
    )


@require_safe
@cached_page
def notice(request: HttpRequest, key: int) -> HttpResponse:
    """Show a sent notice as it was sent."""
    shown = sent_notice(key)
    return show_beside_the_plan(
        request,
        "notice",
        shown.title,
        templates=TEMPLATES,
        above=[(_("문자 소식"), reverse(ENTRY))],
        current=ENTRY,
        notice=shown,
        sender=hyphenated(shown.sender.number),
    )


@require_safe
@cached_page
def feed(request: HttpRequest) -> HttpResponse:
    """Send the feed of the latest notices."""
    latest = sent_notices().select_related("activity")[:NOTICES_IN_FEED]
    text = feed_of(latest, District.objects.get(), request.build_absolute_uri)
    return HttpResponse(text, content_type=Atom1Feed.content_type)
