"""「내 알림」: what the user was told, by day."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gwonseon.office.menu import show
from gwonseon.paging import numbered_page
from plans.reminders.queries import digests_of

PER_PAGE = 20


@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Show the user's digests, the newest first."""
    return show(
        request,
        "reminders/mine.html",
        current="workspace:home",
        page=numbered_page(request, digests_of(request.user), PER_PAGE),
        crumbs=[(_("내 업무"), reverse("workspace:home")), (_("내 알림"), "")],
    )
