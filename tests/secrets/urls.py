"""The portal's addresses, with pages that fail on purpose while a number and a code are posted."""

import logging
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from tests.secrets.failing import FAILURES, raise_text
from tests.secrets.search import BODY

handler400 = "gwonseon.request_size.bad_request"
log = logging.getLogger(__name__)


@csrf_exempt
def fail(request: HttpRequest, how: str) -> HttpResponse:
    """Fail in one of the ways, with what was typed in the local variables."""
    number, code, body = request.POST["number"], request.POST["code"], BODY
    FAILURES[how](code)
    return HttpResponse(f"{number} {body}")


@csrf_exempt
def refuse(request: HttpRequest, status: int) -> HttpResponse:
    """Raise the exception for a status, with all posted values in its message."""
    errors = {400: SuspiciousOperation, 403: PermissionDenied, 404: Http404}
    raise errors[status](" ".join(request.POST.values()))


@csrf_exempt
def stream(request: HttpRequest) -> StreamingHttpResponse:
    """Fail after the answer has begun, which the web server logs."""

    def lines() -> Iterator[bytes]:
        yield b"1\n"
        raise_text(request.POST["code"])

    return StreamingHttpResponse(lines())


@csrf_exempt
def commit(request: HttpRequest) -> HttpResponse:
    """Fail after a transaction was committed."""
    code = request.POST["code"]
    with transaction.atomic():
        transaction.on_commit(lambda: raise_text(code), robust=True)
    return HttpResponse()


def plant(request: HttpRequest) -> HttpResponse:
    """Leak what is asked for, everywhere that a page can."""
    said = request.GET["said"]
    log.warning("said: %s", said)
    logging.getLogger("django.request").error("said: %s", said)
    answer = HttpResponse(said, status=500)
    answer["Location"] = request.get_full_path()
    return answer


urlpatterns = [
    path("fail/<str:how>/", fail),
    path("refuse/<int:status>/", refuse),
    path("stream/", stream),
    path("commit/", commit),
    path("plant/", plant),
    path("", include("gwonseon.urls")),
]
