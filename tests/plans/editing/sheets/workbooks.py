"""Functions that download, fill in and upload a plan's workbook."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from plans.editing.sheets.columns import key_of, sheet_of
from plans.tree.models import Node, Plan


def taken(client: Client, plan: Plan) -> Workbook:
    """Return the plan's workbook, downloaded from the portal."""
    response = client.get(reverse("editing:sheet_file", args=[plan.year]))
    return load_workbook(BytesIO(b"".join(response.streaming_content)))


def cell(book: Workbook, node: Node, header: str) -> Any:
    """Return the cell of a node in the column with a header."""
    sheet = book[sheet_of(node._meta.model_name)]
    headers = [one.value for one in sheet[1]]
    keys = [one.value for one in sheet["A"]]
    return sheet.cell(keys.index(key_of(node.plan, node)) + 1, headers.index(header) + 1)


def fill(book: Workbook, node: Node, **values: Any) -> None:
    """Write values into a node's cells, by column header."""
    for header, value in values.items():
        cell(book, node, header).value = value


def saved(book: Workbook) -> bytes:
    """Return a workbook's bytes."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upload(client: Client, plan: Plan, book: Workbook | bytes, **options: Any) -> Any:
    """Upload a workbook and return the response; with `follow=True`, after redirects."""
    content = book if isinstance(book, bytes) else saved(book)
    file = SimpleUploadedFile("plan.xlsx", content)
    return client.post(reverse("editing:sheet", args=[plan.year]), {"file": file}, **options)
