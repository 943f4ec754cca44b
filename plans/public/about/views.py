"""Residents' pages that belong to no plan."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plans.public.page_cache import cached_page
from plans.public.pages import show_beside_the_plan


@require_safe
@cached_page
def guide(request: HttpRequest) -> HttpResponse:
    """Show how to use the portal."""
    return show_beside_the_plan(request, "guide", _("이용 안내"))


@require_safe
@cached_page
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the privacy policy."""
    return show_beside_the_plan(request, "privacy", _("개인정보 처리방침"))


@require_safe
@cached_page
def credits(request: HttpRequest) -> HttpResponse:  # noqa: A001  the page's own name
    """Show the copyrights and sources of what the portal uses."""
    return show_beside_the_plan(request, "credits", _("저작권과 출처"))
