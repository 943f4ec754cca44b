"""The portal's addresses, with a place for the page of a notice."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from gwonseon.urls import handler400
from gwonseon.urls import urlpatterns as portal

__all__ = ["handler400", "urlpatterns"]


def notice(_request: HttpRequest, key: int) -> HttpResponse:
    """Answer with a notice's number."""
    return HttpResponse(f"{key}")


of_notices = ([path("<int:key>/", notice, name="notice")], "notices")
urlpatterns = [*portal, path("staff/notices/", include(of_notices))]
