"""Split a long list into pages."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def numbered_page(request: HttpRequest, rows: QuerySet | Sequence[Any], size: int) -> Page:
    """Return the page that the URL's `page` asks for, with its rows read (2 queries)."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    return page
