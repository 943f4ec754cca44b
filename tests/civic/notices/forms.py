"""Data of the forms of notices as a browser sends it, and what their pages say."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from civic.notices.models import Notice
from tests.civic.notices.conftest import Office
from tests.factories.residents import sender
from tests.krds.markup import Markup

ADD = "/staff/notices/add/"
LATER = f"{timezone.localdate() + timedelta(days=2):%Y-%m-%d}"
YESTERDAY = f"{timezone.localdate() - timedelta(days=1):%Y-%m-%d}"


def typed(office: Office, **over: Any) -> dict[str, Any]:
    """Return a whole form of a notice, with some values replaced."""
    return {
        "activity": office.activity.pk,
        "nature": "information",
        "title": "예시 안내",
        "text": "예시 문안입니다.",
        "news": "notice",
        "pillars": ["safety"],
        "expires_at_0": LATER,
        "expires_at_1": "18:00",
        "sender": sender().pk,
        "version": "0",
        "token": str(uuid4()),
    } | over


def address(notice: Notice, do: str = "notice") -> str:
    """Return the address of a notice's page, or of what is done on it."""
    return reverse(f"notices:{do}", args=[notice.pk])


def signed_in(user: Any) -> Client:
    """Return a browser of a member of staff."""
    client = Client()
    client.force_login(user)
    return client


def errors(response: Any) -> str:
    """Return the text of the page's summary of errors."""
    page = Markup(response.text)
    return " ".join(page.words(one) for one in page.all("div", class_="error-summary"))


def said(response: Any) -> list[str]:
    """Return the messages that a page shows after a redirect."""
    return [str(one) for one in response.context["messages"]]


def section(response: Any, name: str) -> str:
    """Return the text of the page's part with an id, or in a section labelled by it."""
    page = Markup(response.text)
    found = [
        one
        for one in page.elements
        if name in (one.attrs.get("id"), one.attrs.get("aria-labelledby"))
    ]
    return page.words(found[0]) if found else ""
