"""An address of every route, filled in with existing rows: those of the `numbers` fixture."""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.roles.conftest import Numbers

Filling = dict[str, str | int]

# The year of the plan that comes with the portal.
SHIPPED: Filling = {"year": 2021}
DRAFT: Filling = {"year": 2031}
NODE: Filling = DRAFT | {"level": "activity", "key": "{draft}"}
PUBLIC: Filling = {"year": 2030}
CHANGE: Filling = PUBLIC | {"number": "{change}"}
ADDITION: Filling = PUBLIC | {"number": "{addition}"}
PERSON: Filling = {"pk": "{person}"}
COUNTED: Filling = {"key": "{counted}"}
WRITTEN: Filling = {"key": "{written}"}
QUARTER: Filling = {"key": "{quarter}"}
SAID: Filling = {"key": "{said}"}
ASKED: Filling = {"key": "{asked}"}

# Values of the route's parts, by route name; names in braces are keys of `numbers`.
FILLINGS: dict[str, Filling] = {
    "amendments:amendment": CHANGE,
    "amendments:amendments": PUBLIC,
    "amendments:rebase": CHANGE,
    "amendments:take_back": CHANGE | {"change": "{note}"},
    "amendments:withdraw": CHANGE,
    "blockers:blocker": {"key": "{blocker}"},
    "blockers:blocker_add": COUNTED,
    "blockers:resolve": {"key": "{blocker}"},
    "calendars:feed": {"secret": "{calendar}"},
    "cases:case": {"key": "{case}"},
    "budget:period": QUARTER,
    "budget:spending": QUARTER | {"node": "{garden}"},
    "closing:closing": {"key": "{quarter}"},
    "closing:decide_reopening": {"key": "{reopening}"},
    "closing:request_reopening": {"key": "{closing}"},
    "closing:staff_file": {"key": "{closing}"},
    "closing:version": {"key": "{closing}"},
    "editing:addition": ADDITION,
    "editing:addition_add": ADDITION,
    "editing:document_preview": {"number": "{upload}"},
    "editing:history": NODE,
    "editing:next_year": DRAFT,
    "editing:node": NODE,
    "editing:node_add": DRAFT | {"level": "initiative", "key": "{above}"},
    "editing:node_move": NODE,
    "editing:node_restore": NODE | {"key": "{ended}"},
    "editing:node_retire": NODE,
    "editing:node_shift": DRAFT,
    "editing:pillar_add": DRAFT,
    "editing:publish": DRAFT,
    "editing:request_review": DRAFT | {"key": "{fresh}"},
    "editing:restore": NODE | {"number": 1},
    "editing:review": DRAFT | {"key": "{above}"},
    "editing:sheet": DRAFT,
    "editing:sheet_file": DRAFT,
    "editing:sheet_preview": DRAFT | {"number": "{upload}"},
    "editing:tree": DRAFT,
    "editing:vision": DRAFT,
    "facilities:facilities_preview": {"number": "{places}"},
    "facilities:facility": {"key": "{facility}"},
    "facilities:facility_close": {"key": "{facility}"},
    "facilities:facility_reopen": {"key": "{shut}"},
    "findings:finding": {"key": "{finding}"},
    "ledger:evidence": {"key": "{shown}"},
    "ledger:record": WRITTEN,
    "ledger:record_add": COUNTED,
    "milestones:milestones": COUNTED,
    "ledger:record_confirm": WRITTEN,
    "ledger:record_discard": WRITTEN,
    "ledger:record_edit": WRITTEN,
    "ledger:record_void": {"key": "{done}"},
    "ledger:release": {"key": "{photo}"},
    "ledger:withdraw": {"key": "{released}"},
    "ledger:records_add": COUNTED,
    "ledger:records_form": COUNTED,
    "ledger:records_preview": COUNTED | {"number": "{table}"},
    "lookup:resident": {"key": "{resident}"},
    "messaging:batch": {"key": "{parked}"},
    "notice_templates:template": {"key": "{template}"},
    "notices:approve": {"key": "{notice}"},
    "notices:cancel": {"key": "{sending}"},
    "notices:delete": {"key": "{memo}"},
    "notices:notice": {"key": "{sending}"},
    "notices:notice_edit": {"key": "{memo}"},
    "notices:send_back": {"key": "{notice}"},
    "notices:send_test": {"key": "{notice}"},
    "notices:submit": {"key": "{memo}"},
    "notices:take_back": {"key": "{notice}"},
    "notices_budget:budget": SHIPPED,
    "opendata:csv": {"name": "plan"},
    "opendata:feed": {"code": "safety"},
    "opendata:json": {"name": "plan"},
    "opendata:schema": {"name": "plan"},
    "opendata:table": {"name": "plan"},
    "office:access_month": {"year": 2020, "month": 1},
    "office:holiday": {"on": "2021-03-05"},
    "office:holiday_delete": {"on": "2021-03-05"},
    "office:person": PERSON,
    "office:person_close": PERSON,
    "office:person_code_reset": PERSON,
    "office:person_mail_again": PERSON,
    "office:person_password": PERSON,
    "office:person_reopen": {"pk": "{closed}"},
    "office:person_unlock": PERSON,
    "office:workdays_of_year": {"year": 2021},
    "progress:hold": COUNTED,
    "progress:progress": {"year": 2020},
    "progress:resume": {"key": "{held}"},
    "public:activity": SHIPPED | {"slug": "joint-patrol"},
    "public:activity_progress": SHIPPED | {"slug": "joint-patrol"},
    "public:change": {"year": 2020, "number": "{applied}"},
    "public:changes": SHIPPED,
    "public:changes_feed": SHIPPED,
    "public:document": SHIPPED,
    "public:initiative": SHIPPED | {"slug": "crime-patrol"},
    "public:period": {"year": 2019, "number": 1},
    "public:period_file": {"year": 2019, "number": 1},
    "public:period_report": {"year": 2019, "number": 1, "kind": "late", "ending": "csv"},
    "public:period_version": {"year": 2019, "number": 1, "version": 1},
    "public:period_version_file": {"year": 2019, "number": 1, "version": 1},
    "public:periods": {"year": 2019},
    "public:pillar": SHIPPED | {"slug": "safety"},
    "public:plan_file": SHIPPED | {"ending": "csv"},
    "public:progress": SHIPPED,
    "public:progress_file": SHIPPED,
    "public:search": SHIPPED,
    "public:year": SHIPPED,
    "registers:plot": {"key": "{plot}"},
    "registers:show": {"key": "{show}"},
    "reminders:absence": {"key": "{absence}"},
    "reminders:absence_delete": {"key": "{absence}"},
    "reminders_public:mute": {"token": "{mute}"},
    "reports:export": {"key": "{export}"},
    "reports:file": {"key": "{made}"},
    "reports:saved": {"key": "{saved}"},
    "reports:saved_delete": {"key": "{saved}"},
    "reports:saved_open": {"key": "{saved}"},
    "reports:stop": {"key": "{export}"},
    "residents:stop_by_link": {"token": "{stop}"},
    "risks:close": {"key": "{risk}"},
    "risks:review": {"key": "{risk}", "period": "{quarter}"},
    "risks:risk": {"key": "{risk}"},
    "risks:risk_add": COUNTED,
    "risks:risks": {"year": 2020},
    "sent_notices:notice": {"key": "{sent}"},
    "tracking:approve": ASKED,
    "tracking:days": QUARTER,
    "tracking:delete": SAID,
    "tracking:drop": PUBLIC,
    "tracking:open": {"key": "{later}"},
    "tracking:period": QUARTER,
    "tracking:periods": {"year": 2020},
    "tracking:send_back": ASKED,
    "tracking:submit": SAID,
    "tracking:take_back": ASKED,
    "tracking:unsaved": QUARTER | {"level": "activity", "node": "{garden}"},
    "tracking:update": ASKED,
    "tracking:waiting": QUARTER,
    "tracking:write": QUARTER | {"level": "activity", "node": "{garden}"},
    "workspace:pillar": {"code": "safety"},
}
# Values for parts of the admin's routes that are no key of a row.
ADMIN: dict[str, Filling] = {
    "admin:app_list": {"app_label": "safety"},
    "admin:view_on_site": {"content_type_id": 1, "object_id": 1},
}


class Route(NamedTuple):
    """A route's name with its namespace, and the names of its parts."""

    name: str
    parts: frozenset[str]


def routes(
    resolver: URLResolver | None = None, space: str = "", above: frozenset[str] = frozenset()
) -> Iterator[Route]:
    """Yield every route that has a name; routes without a name only redirect."""
    for entry in (resolver or get_resolver()).url_patterns:
        parts = above | set(entry.pattern.converters) | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from routes(entry, f"{entry.namespace}:" if entry.namespace else space, parts)
        elif isinstance(entry, URLPattern) and entry.name:
            yield Route(f"{space}{entry.name}", parts)


def addresses(numbers: Numbers) -> dict[Route, str]:
    """Return an address of every route; raise KeyError for a route without a known row."""
    return {route: address(route, numbers) for route in routes()}


def address(route: Route, numbers: Numbers) -> str:
    """Return a route's address."""
    filling = filling_of(route) if route.parts else {}
    given = {
        part: value.format_map(numbers) if isinstance(value, str) else value
        for part, value in filling.items()
    }
    return reverse(route.name, kwargs=given)


def filling_of(route: Route) -> Filling:
    """Return the values of a route's parts; for the admin, the first row of the model."""
    space, _colon, name = route.name.partition(":")
    if space != "admin" or route.name in ADMIN:
        return (FILLINGS | ADMIN)[route.name]
    app, model, _page = name.split("_")
    return {"object_id": apps.get_model(app, model).objects.order_by("pk").first().pk}
