"""Middleware that sends staff to a required step (code, new password) before any other page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from gwonseon.krds.display import came_from
from gwonseon.office.steps import missing_step

ALWAYS_OPEN = {"health", "krds:display", "krds:icon", "office:sign_out"}


class StepMiddleware:
    """Redirects a signed-in user to their missing step, whatever page they ask for.

    No query for anonymous visitors; for staff at most one (see `missing_step`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; `process_view` does the redirect, as it knows the view."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Return a redirect to the missing step, or None if the page may be shown."""
        here = request.resolver_match.view_name
        if here in ALWAYS_OPEN or not request.user.is_authenticated:
            return None
        step = missing_step(request.user)
        if step is None or here in step.pages:
            return None
        if request.method in {"GET", "HEAD"}:
            back = request.get_full_path()
        else:
            back = came_from(request)
            messages.warning(
                request,
                _(
                    "방금 보낸 내용은 저장하지 않았습니다. 먼저 이 화면의 일을 마친 뒤 다시 보내 "
                    "주세요."
                ),
            )
        response = redirect(f"{reverse(step.pages[0])}?{urlencode({REDIRECT_FIELD_NAME: back})}")
        add_never_cache_headers(response)
        return response
