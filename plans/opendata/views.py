"""Residents' pages of the open data, and its files. Nobody signs in, and nothing is written."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gwonseon.office.models import District
from plans.opendata import licence
from plans.opendata.caching import by_state
from plans.opendata.formats import archive as archives
from plans.opendata.formats import catalog as catalogs
from plans.opendata.formats import files, schemas
from plans.opendata.moment import one_moment
from plans.opendata.news.calendar import public_calendar
from plans.opendata.news.feeds import feed_of
from plans.opendata.tables.every import TABLES, table_named
from plans.public.page_cache import cached_page
from plans.public.pages import show_beside_the_plan
from plans.tree.models import Pillar

CSV = "text/csv; charset=utf-8"
JSON = "application/json"
JSON_LD = "application/ld+json"
ZIP = "application/zip"
ICS = "text/calendar; charset=utf-8"


@require_safe
@cached_page
def index(request: HttpRequest) -> HttpResponse:
    """List the tables, and say how to use them."""
    return show_beside_the_plan(
        request,
        "index",
        _("공공데이터"),
        templates="opendata",
        tables=TABLES,
        feeds=Pillar.Code.choices,
        **about_licence(),
    )


@require_safe
@cached_page
def table(request: HttpRequest, name: str) -> HttpResponse:
    """Say what each column of a table means."""
    shown = table_named(name)
    return show_beside_the_plan(
        request,
        "table",
        shown.title,
        above=[(_("공공데이터"), reverse("opendata:index"))],
        templates="opendata",
        table=shown,
        **about_licence(),
    )


def about_licence() -> dict[str, Any]:
    """Return what pages say about the licence (1 query)."""
    return {
        "licence": licence.NAME,
        "licence_url": licence.ADDRESS,
        "terms": licence.TERMS,
        "attribution": licence.attribution(District.objects.get()),
    }


@require_safe
@by_state
def table_csv(_request: HttpRequest, name: str) -> StreamingHttpResponse:
    """Send a table as CSV while it is read."""
    shown = table_named(name)
    return sent(files.in_pieces(files.csv_of(shown)), CSV, f"{name}.csv")


@require_safe
@by_state
def table_json(_request: HttpRequest, name: str) -> StreamingHttpResponse:
    """Send a table as JSON while it is read."""
    shown = table_named(name)
    return sent(files.in_pieces(files.json_of(shown, District.objects.get())), JSON)


@require_safe
@by_state
def archive(_request: HttpRequest) -> StreamingHttpResponse:
    """Stream all data as one ZIP file."""
    return sent(archives.archive(), ZIP, "gwonseon-data-v1.zip")


def sent(content: Iterable[bytes], media: str, name: str = "") -> StreamingHttpResponse:
    """Return a streaming response from one database state; with `name`, it is a download."""
    answer = StreamingHttpResponse(within(one_moment(), content), content_type=media)
    if name:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def within(context: AbstractContextManager[None], content: Iterable[bytes]) -> Iterator[bytes]:
    """Yield some content within a context."""
    with context:
        yield from content


@require_safe
@cached_page
def table_schema(_request: HttpRequest, name: str) -> HttpResponse:
    """Send the JSON Schema of a table's JSON file."""
    return as_json(schemas.table_schema(table_named(name)), "application/schema+json")


@require_safe
@cached_page
def openapi(_request: HttpRequest) -> HttpResponse:
    """Send the description of all addresses."""
    return as_json(schemas.openapi(District.objects.get()))


@require_safe
@cached_page
def catalog(request: HttpRequest) -> HttpResponse:
    """Send the catalogue in DCAT."""
    return as_json(catalogs.catalog(District.objects.get(), request.build_absolute_uri), JSON_LD)


@require_safe
@cached_page
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """Send the Atom feed of a pillar."""
    if code not in Pillar.Code.values:
        raise Http404(_("그런 축이 없습니다."))
    absolute: Callable[[str], str] = request.build_absolute_uri
    return HttpResponse(feed_of(code, absolute), content_type=Atom1Feed.content_type)


@require_safe
@cached_page
def calendar(_request: HttpRequest) -> HttpResponse:
    """Send the public days as a calendar that programs subscribe to."""
    return HttpResponse(public_calendar(), content_type=ICS)


def as_json(data: dict[str, Any], media: str = JSON) -> HttpResponse:
    """Return data as a JSON document that people can read."""
    return HttpResponse(json.dumps(data, ensure_ascii=False, indent=1), content_type=media)
