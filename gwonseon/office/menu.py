"""The main menu of staff pages, and a function that renders a staff page with it."""

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
    """A menu entry: label, URL name, position (lowest first), and which users see it."""

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
    """Render a staff page with the menu entries that the user may see.

    `current` is the URL name of the entry that the page belongs to. The response may not be cached
    by browsers or proxies.
    """
    context |= {"navigation": entries_for(request.user, current), "hide_search": True}
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response


def entries_for(user: User, current: str) -> list[dict[str, Any]]:
    """Return the menu entries that a user sees, in order, for the page header."""
    shown = sorted((one for one in menu if one.shown_to(user)), key=lambda one: one.place)
    return [
        {
            "label": one.label,
            "url": reverse(one.url_name),
            "current": one.url_name == current,
        }
        for one in shown
    ]
