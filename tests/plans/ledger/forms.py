"""Form data of a record's pages as a browser sends it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from plans.ledger.models import Record
from plans.tree.models import Activity
from tests.krds.markup import Markup


def add_url(activity: Activity) -> str:
    return reverse("ledger:record_add", args=[activity.pk])


def page_of(record: Record, do: str = "") -> str:
    return reverse(f"ledger:record{do and f'_{do}'}", args=[record.pk])


def filled(client: Client, url: str, **values: Any) -> dict[str, Any]:
    """Return the page's own values with quantity 1 if asked, and with some values replaced."""
    forms = client.get(url).context["forms"]
    sent = {}
    for form in forms.all:
        for one in form if hasattr(form, "management_form") else [form]:
            for field in one:
                value = field.value()
                if value is not None and not field.field.widget.needs_multipart_form:
                    sent[field.html_name] = value
    if forms.findings:
        for field in forms.findings.management_form:
            sent[field.html_name] = field.value()
    if "quantity" in forms.record.fields and not sent.get("quantity"):
        sent["quantity"] = "1"
    return sent | values


def errors(response: Any) -> str:
    """Return the text of the page's errors."""
    page = Markup(response.text)
    return " ".join(page.words(one) for one in page.all("div", role="alert"))
