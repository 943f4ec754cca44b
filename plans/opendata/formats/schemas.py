"""JSON Schema (2020-12) of the tables, and OpenAPI 3.1 of the addresses."""

from typing import Any

from django.urls import reverse

from gwonseon.office.models import District
from plans.opendata import licence
from plans.opendata.tables.declaring import DataColumn, DataTable, Type
from plans.opendata.tables.every import TABLES
from plans.tree.models import Pillar

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TYPES: dict[Type, dict[str, str]] = {
    Type.TEXT: {"type": "string"},
    Type.CODE: {"type": "string"},
    Type.INTEGER: {"type": "integer"},
    Type.NUMBER: {"type": "number"},
    Type.DATE: {"type": "string", "format": "date"},
    Type.MOMENT: {"type": "string", "format": "date-time"},
    Type.FLAG: {"type": "boolean"},
}
TEXTS = {Type.TEXT, Type.CODE}
CSV, JSON = "text/csv", "application/json"


def column_schema(column: DataColumn) -> dict[str, Any]:
    """Return the schema of a cell."""
    found: dict[str, Any] = {"title": column.title, **TYPES[column.type]}
    unit = f"단위: {column.unit}" if column.unit else ""
    about = " ".join(filter(None, (column.about, unit)))
    if about:
        found["description"] = about
    if column.may_be_empty and column.type not in TEXTS:
        found["type"] = [found["type"], "null"]
    if column.codes:
        empty = [""] if column.may_be_empty else []
        found["enum"] = [*(value for value, _label in column.codes), *empty]
    elif column.type in TEXTS and not column.may_be_empty:
        found["minLength"] = 1
    return found


def row_schema(table: DataTable) -> dict[str, Any]:
    """Return the schema of a row: every column is there, and no other."""
    return {
        "type": "object",
        "title": table.title,
        "description": table.about,
        "properties": {one.name: column_schema(one) for one in table.columns},
        "required": [one.name for one in table.columns],
        "additionalProperties": False,
    }


def table_schema(table: DataTable) -> dict[str, Any]:
    """Return the schema of a table's JSON file."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:gwonseon:data:{licence.VERSION}:{table.name}",
        **file_schema(table.name, row_schema(table)),
    }


def file_schema(name: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a JSON file whose rows have a schema."""
    text = {"type": "string"}
    parts = {
        "table": {"const": name},
        "version": {"const": licence.VERSION},
        "title": text,
        "licence": {"type": "object", "additionalProperties": text},
        "is_sample": {"type": "boolean", "description": "참이면 실제 자료가 아닙니다."},
        "rows": {"type": "array", "items": row},
    }
    return {
        "type": "object",
        "properties": parts,
        "required": list(parts),
        "additionalProperties": False,
    }


def openapi(district: District) -> dict[str, Any]:
    """Return the description of all addresses of the open data."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{district.name} 구정계획 공공데이터",
            "version": licence.VERSION,
            "description": licence.attribution(district),
            "license": {"name": licence.NAME, "url": licence.ADDRESS},
        },
        "jsonSchemaDialect": DIALECT,
        "servers": [{"url": "/"}],
        "paths": dict(table_paths() + other_paths()),
        "components": {"schemas": {one.name: row_schema(one) for one in TABLES}},
    }


def table_paths() -> list[tuple[str, dict[str, Any]]]:
    """Return the addresses of the tables' files."""
    found = []
    for one in TABLES:
        row = {"$ref": f"#/components/schemas/{one.name}"}
        files = {
            "csv": (CSV, {"type": "string"}),
            "json": (JSON, file_schema(one.name, row)),
            "schema": (JSON, {"type": "object"}),
        }
        for name, (media, schema) in files.items():
            address = reverse(f"opendata:{name}", args=[one.name])
            found.append((address, operation(f"{one.name}-{name}", one.title, media, schema)))
    return found


def other_paths() -> list[tuple[str, dict[str, Any]]]:
    """Return the addresses of the files that are not tables, with their descriptions."""
    found = [
        ("archive", "모든 표와 굳힌 자료를 묶은 파일", "application/zip"),
        ("catalog", "목록(DCAT)", "application/ld+json"),
        ("openapi", "이 설명(OpenAPI)", JSON),
        ("calendar", "공개한 날의 달력", "text/calendar"),
    ]
    paths = [
        (reverse(f"opendata:{name}"), operation(name, title, media)) for name, title, media in found
    ]
    for code, label in Pillar.Code.choices:
        address = reverse("opendata:feed", args=[code])
        title = f"{label} 축의 새 소식"
        paths.append((address, operation(f"feed-{code}", title, "application/atom+xml")))
    return paths


def operation(
    name: str, title: str, media: str, schema: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return the OpenAPI description of a GET request that downloads a file."""
    content = {media: {"schema": schema} if schema else {}}
    return {
        "get": {
            "operationId": name,
            "summary": title,
            "responses": {
                "200": {
                    "description": title,
                    "headers": {"ETag": {"schema": {"type": "string"}}},
                    "content": content,
                },
                "304": {"description": "받아 둔 것과 같습니다(If-None-Match)."},
            },
        }
    }
