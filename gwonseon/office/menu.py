"""The staff's main menu, and how a page of theirs is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from gwonseon.office.models import User
from gwonseon.registry import Registry


@dataclass(frozen=True)
class MenuEntry:
    """One entry: its words, the URL name it leads to, its place, and who sees it."""

    label: str
    url_name: str
    place: int
    shown_to: Callable[[User], bool]


menu: Registry[MenuEntry] = Registry()


def show(
    request: HttpRequest,
    template: str,
    *,
    current: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a staff page with the entries that its reader sees.

    `current` is the URL name of the entry that the page belongs to. Nothing of it is kept by
    browsers or proxies.
    """
    context |= {"navigation": entries_for(request.user, current), "hide_search": True}
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response


def entries_for(user: User, current: str) -> list[dict[str, Any]]:
    """Return the menu's entries as the header shows them."""
    shown = sorted((one for one in menu if one.shown_to(user)), key=lambda one: one.place)
    return [
        {
            "label": one.label,
            "url": reverse(one.url_name),
            "current": one.url_name == current,
        }
        for one in shown
    ]
