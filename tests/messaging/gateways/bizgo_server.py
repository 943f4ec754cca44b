"""Bizgo as its documents describe it: one call takes a key once, and reports stand in a queue."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from tests.messaging.gateways.conftest import BIZGO_KEY
from tests.messaging.gateways.servers import Act, VendorServer

SEND = "/api/comm/v1/send/omni"
POLLING = "/api/comm/v1/report/polling"
REPLIES = "/api/comm/v1/message/history/mo"
# The number at Bizgo that phones reply to.
MO_NUMBER = "0312280000"


class BizgoServer(VendorServer):
    """`errors` are the next calls' codes of the service, each with its HTTP status."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[tuple[int, str]] = []
        self.taken_keys: dict[str, set[str]] = {}
        self.flows: list[dict[str, Any]] = []
        self.queue: list[dict[str, Any]] = []
        self.page = 0
        # What phones sent to any number at Bizgo, oldest first.
        self.replies: list[Any] = []
        self.replies_at_once = 1_000
        self.says_whole_calls_are_doubled = False

    def route(
        self, method: str, path: str, query: dict[str, str], facts: Any, headers: Any
    ) -> tuple[str, Act]:
        if headers["Authorization"] != BIZGO_KEY:
            return "unauthorized", lambda: (401, {"common": {"authCode": "A401"}})
        if (method, path) == ("POST", SEND):
            return "send", lambda: self.send(facts)
        if (method, path) == ("GET", POLLING):
            return "poll", self.poll
        if (method, path) == ("GET", REPLIES):
            return "replies", lambda: self.list_replies(query)
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

    def list_replies(self, query: dict[str, str]) -> tuple[int, Any]:
        """Return a page of what was sent to a number since a moment, the newest first."""
        since = datetime.fromisoformat(query["occurredTime"])
        found = [one for one in reversed(self.replies) if is_listed(one, query["to"], since)]
        first = int(query.get("lastSeq", 0))
        behind = first + min(self.replies_at_once, int(query["limit"]))
        return 200, envelope(
            {"messages": found[first:behind], "lastSeq": behind, "hasNext": behind < len(found)}
        )

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


def reply(number: str, text: str, at: datetime, **facts: Any) -> dict[str, Any]:
    """Return a message from a phone as Bizgo gives it."""
    return {
        "msgKey": uuid4().hex,
        "serviceType": "MO",
        "msgType": "SM",
        "to": MO_NUMBER,
        "from": number,
        "originator": number,
        "content": text,
        "carrier": "10001",
        "occurredTime": at.isoformat(timespec="seconds"),
    } | facts


def is_listed(reply: Any, number: str, since: datetime) -> bool:
    """Return whether a message was sent to a number since a moment; broken ones always are."""
    if not isinstance(reply, dict) or "occurredTime" not in reply:
        return True
    return reply["to"] == number and datetime.fromisoformat(reply["occurredTime"]) >= since
