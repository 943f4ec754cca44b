"""The description of the open data as a DCAT catalogue in JSON-LD, which other portals harvest."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from gwonseon.office.models import District
from plans.opendata import licence
from plans.opendata.tables.declaring import DataTable
from plans.opendata.tables.every import TABLES

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
MEDIA = "https://www.iana.org/assignments/media-types/"
FILES = (("csv", "CSV", "text/csv"), ("json", "JSON", "application/json"))

Absolute = Callable[[str], str]


def catalog(district: District, absolute: Absolute) -> dict[str, Any]:
    """Return the catalogue; `absolute` completes an address."""
    return {
        "@context": CONTEXT,
        "@id": absolute(reverse("opendata:catalog")),
        "@type": "dcat:Catalog",
        "dct:title": korean(f"{district.name} 구정계획 공공데이터"),
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": district.office},
        "dct:language": "ko",
        "dct:license": {"@id": licence.ADDRESS},
        "foaf:homepage": {"@id": absolute(reverse("opendata:index"))},
        "dcat:dataset": [dataset(one, absolute) for one in TABLES] + [whole(absolute)],
        "dcat:service": {
            "@type": "dcat:DataService",
            "dct:title": korean("읽기 전용 주소"),
            "dcat:endpointURL": {"@id": absolute(reverse("opendata:index"))},
            "dcat:endpointDescription": {"@id": absolute(reverse("opendata:openapi"))},
        },
    }


def dataset(table: DataTable, absolute: Absolute) -> dict[str, Any]:
    """Return a table as a dataset."""
    page = absolute(reverse("opendata:table", args=[table.name]))
    return {
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:identifier": table.name,
        "dct:title": korean(table.title),
        "dct:description": korean(table.about),
        "dct:license": {"@id": licence.ADDRESS},
        "dct:conformsTo": {"@id": absolute(reverse("opendata:schema", args=[table.name]))},
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": [
            distribution(absolute(reverse(f"opendata:{name}", args=[table.name])), title, media)
            for name, title, media in FILES
        ],
    }


def whole(absolute: Absolute) -> dict[str, Any]:
    """Return the archive of everything as a dataset."""
    address = absolute(reverse("opendata:archive"))
    return {
        "@id": f"{address}#dataset",
        "@type": "dcat:Dataset",
        "dct:identifier": "archive",
        "dct:title": korean("모든 표와 굳힌 자료"),
        "dct:license": {"@id": licence.ADDRESS},
        "dcat:distribution": [distribution(address, "ZIP", "application/zip")],
    }


def distribution(address: str, title: str, media: str) -> dict[str, Any]:
    """Return a file of a dataset."""
    return {
        "@type": "dcat:Distribution",
        "dct:title": title,
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{MEDIA}{media}"},
        "dct:license": {"@id": licence.ADDRESS},
    }


def korean(text: str) -> dict[str, str]:
    """Return a Korean text."""
    return {"@value": text, "@language": "ko"}
