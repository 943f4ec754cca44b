"""Requests: limits of their size, and normalisation of their text."""

import re
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path

from gwonseon import size_limits
from gwonseon.normal_text import NormalTextMiddleware
from gwonseon.request_size import RequestSizeMiddleware

OPERATORS = Path(settings.BASE_DIR) / "docs" / "operators.md"


def echo(request: HttpRequest) -> HttpResponse:
    names = [file.name for file in request.FILES.values()]
    return HttpResponse("|".join([*request.GET.values(), *request.POST.values(), *names]))


handler400 = "gwonseon.request_size.bad_request"
urlpatterns = [path("echo/", echo), path("", include("gwonseon.urls"))]


@pytest.fixture
def client(settings: object, db: None) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client()


def test_decomposed_letters_are_composed(client: Client) -> None:
    apart = unicodedata.normalize("NFD", "가나다")
    file = SimpleUploadedFile(f"{apart}.jpg", b"x")

    answer = client.post(f"/echo/?q={apart}", {"name": apart, "file": file})

    assert answer.text == "가나다|가나다|가나다.jpg"


def test_composed_text_is_unchanged() -> None:
    request = RequestFactory().post("/echo/?q=가", {"name": ["나", "다"]})
    typed = request.POST
    NormalTextMiddleware(echo).process_view(request)
    assert request.POST is typed


def test_a_too_large_request_is_refused_without_reading_it() -> None:
    class Unread(BytesIO):
        def read(self, *_: int) -> bytes:
            raise AssertionError

    request = RequestFactory().post("/echo/")
    request.META |= {"CONTENT_LENGTH": str(size_limits.LARGEST_REQUEST + 1), "wsgi.input": Unread()}
    answer = RequestSizeMiddleware(echo)(request)

    assert (answer.status_code, answer["Connection"]) == (413, "close")
    assert "파일은 하나에" in answer.text
    assert "앞 화면으로 돌아가면 적은 글이 남아 있습니다" in answer.text


@pytest.mark.parametrize(
    "typed",
    [
        {"note": "가" * size_limits.LARGEST_TEXT},
        {f"n{at}": "" for at in range(size_limits.MOST_FIELDS + 1)},
    ],
)
def test_too_much_text_and_too_many_fields_get_the_same_page(
    client: Client, typed: dict[str, str]
) -> None:
    client.raise_request_exception = False
    answer = client.post("/echo/", typed)
    assert answer.status_code == 413
    assert "보낸 내용이 너무 큽니다" in answer.text


def test_a_proxy_shows_the_same_page(client: Client) -> None:
    assert client.get("/too-large/").status_code == 413


def test_limits_of_requests_are_larger_than_limits_of_forms() -> None:
    files = size_limits.MOST_FILES * size_limits.LARGEST_EVIDENCE
    assert size_limits.LARGEST_EVIDENCE <= size_limits.LARGEST_FILES < files
    assert size_limits.LARGEST_FILES + size_limits.LARGEST_TEXT < size_limits.LARGEST_REQUEST
    # A character has up to three bytes.
    assert 3 * size_limits.LARGEST_PASTE < size_limits.LARGEST_TEXT


def test_the_operators_documentation_has_the_limits() -> None:
    text = OPERATORS.read_text()
    (size,) = re.findall(r"client_max_body_size (\d+)m;", text)
    assert int(size) * size_limits.MEBIBYTE == size_limits.LARGEST_REQUEST
    assert "error_page 413 /too-large/;" in text
    largest = (size_limits.LARGEST_EVIDENCE, size_limits.LARGEST_FILES, size_limits.LARGEST_TABLE)
    evidence, files, table = (one // size_limits.MEBIBYTE for one in largest)
    for words in (
        f"{size_limits.MOST_FILES} files of {evidence} MB each",
        f"{files} MB in all",
        f"a table {table} MB",
        f"a plan's document {size_limits.LARGEST_DOCUMENT // size_limits.MEBIBYTE} MB",
        f"{size_limits.LARGEST_TEXT // size_limits.MEBIBYTE} MB.",
    ):
        assert words in " ".join(text.split())
