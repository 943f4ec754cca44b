"""Bizgo as its documents describe it: one call takes a key once, and reports stand in a queue."""

from typing import Any
from uuid import uuid4

from tests.messaging.gateways.conftest import BIZGO_KEY
from tests.messaging.gateways.servers import Act, VendorServer

SEND = "/api/comm/v1/send/omni"
POLLING = "/api/comm/v1/report/polling"


class BizgoServer(VendorServer):
    """`errors` are the next calls' codes of the service, each with its HTTP status."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[tuple[int, str]] = []
        self.taken_keys: dict[str, set[str]] = {}
        self.flows: list[dict[str, Any]] = []
        self.queue: list[dict[str, Any]] = []
        self.page = 0
        self.says_whole_calls_are_doubled = False

    def route(
        self, method: str, path: str, _query: dict[str, str], facts: Any, headers: Any
    ) -> tuple[str, Act]:
        if headers["Authorization"] != BIZGO_KEY:
            return "unauthorized", lambda: (401, {"common": {"authCode": "A401"}})
        if (method, path) == ("POST", SEND):
            return "send", lambda: self.send(facts)
        if (method, path) == ("GET", POLLING):
            return "poll", self.poll
        if method == "DELETE" and path.startswith(POLLING):
            return "acknowledge", lambda: self.acknowledge(path.rpartition("/")[2])
        return "unknown", lambda: (404, {"common": {"authCode": "A404"}})

    def send(self, facts: dict[str, Any]) -> tuple[int, Any]:
        if self.errors:
            status, code = self.errors.pop(0)
            return status, envelope(code=code)
        known = self.taken_keys.setdefault(facts["idempotencyKey"], set())
        if known and self.says_whole_calls_are_doubled:
            return 400, envelope(code="A301")
        (flow,) = facts["messageFlow"]
        self.flows.append(flow)
        return 200, envelope(
            {"destinations": [self.send_one(one, flow, known) for one in facts["destinations"]]}
        )

    def send_one(
        self, one: dict[str, Any], flow: dict[str, Any], known: set[str]
    ) -> dict[str, Any]:
        number, said = one["to"], {"to": one["to"], "msgKey": uuid4().hex}
        if number in known:
            return said | {"code": "A301", "result": "Duplicated"}
        if code := self.refusal_of(number):
            return said | {"code": code, "result": "Failed"}
        known.add(number)
        (message,) = flow.values()
        text = message["text"]
        for word, value in (one.get("replaceWords") or {}).items():
            text = text.replace(f"#{{{word}}}", value)
        self.take(int(one["ref"]), number, text)
        self.queue.append(report(said["msgKey"], one["ref"]))
        return said | {"code": "A000", "result": "Success"}

    def poll(self) -> tuple[int, Any]:
        if not self.queue:
            return 200, envelope({"reportId": "", "report": None})
        return 200, envelope({"reportId": f"page-{self.page}", "report": self.queue})

    def acknowledge(self, page: str) -> tuple[int, Any]:
        if page != f"page-{self.page}":
            return 403, envelope(code="A802")
        self.queue = []
        self.page += 1
        return 200, envelope({})


def envelope(facts: Any = None, *, code: str = "A000") -> dict[str, Any]:
    """Return what Bizgo says, as it wraps it."""
    return {
        "common": {"authCode": "A000", "authResult": "Success", "infobankTrId": "example"},
        "data": {"code": code, "result": "예시", "data": facts},
    }


def report(key: str, ref: str, code: str = "10000") -> dict[str, Any]:
    """Return a report as Bizgo gives it."""
    moment = "2026-11-27T09:00:00+09:00"
    return {"msgKey": key, "ref": ref, "reportCode": code, "reportTime": moment}
