"""Error pages: each has a sentence that says what to do next."""

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(request.path)


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def bad(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


urlpatterns = [
    path("broken/", broken),
    path("forbidden/", forbidden),
    path("bad/", bad),
    path("", include("gwonseon.urls")),
]


@pytest.mark.parametrize(
    ("url", "status", "sentence"),
    [
        ("/none/", 404, "낱말로 찾아보세요"),
        ("/broken/", 500, "잠시 뒤에 다시 해 보세요"),
        ("/forbidden/", 403, "권한을 요청하세요"),
        ("/bad/", 400, "앞 화면으로 돌아가"),
    ],
)
def test_an_error_says_what_to_do(
    db: None, settings: LazySettings, url: str, status: int, sentence: str
) -> None:
    settings.ROOT_URLCONF = __name__

    response = Client(raise_request_exception=False).get(url)

    assert response.status_code == status
    assert sentence in response.content.decode()
    assert 'href="/"' in response.content.decode()
    assert 'rel="icon"' in response.content.decode(), "or the browser asks for one, and fails again"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_form_without_csrf_token_gets_its_sentence(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/staff/sign-in/", {"username": "x"})

    assert response.status_code == 403
    assert "새로 고친 뒤 다시 보내세요" in response.content.decode()


def test_an_unknown_host_is_refused(db: None) -> None:
    response = Client(raise_request_exception=False).get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "evil" not in response.content.decode()
