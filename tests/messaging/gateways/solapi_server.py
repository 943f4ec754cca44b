"""SOLAPI as its documents describe it: groups that are made, filled, started or deleted."""

import hmac
import re
from hashlib import sha256
from typing import Any
from uuid import uuid4

from tests.messaging.gateways.conftest import SOLAPI_KEY, SOLAPI_SECRET
from tests.messaging.gateways.servers import Act, VendorServer

GROUPS = "/messages/v4/groups"
SIGNED = re.compile(r"HMAC-SHA256 apiKey=(\w+), date=(\S+), salt=(\w+), signature=(\w+)")
MOMENT = "2026-11-27T00:00:00.000Z"


class SolapiServer(VendorServer):
    """`errors` are the next starts' codes, each with its HTTP status; `page` is a page's size."""

    def __init__(self) -> None:
        super().__init__()
        self.groups: dict[str, dict[str, Any]] = {}
        self.messages: dict[str, dict[str, dict[str, Any]]] = {}
        self.errors: list[tuple[int, str]] = []
        self.page = 2

    def route(
        self, method: str, path: str, query: dict[str, str], facts: Any, headers: Any
    ) -> tuple[str, Act]:
        if not is_signed(headers["Authorization"] or ""):
            return "unauthorized", lambda: (401, {"errorCode": "InvalidAPIKey"})
        if (method, path) == ("POST", GROUPS):
            return "make", self.make
        name, _, what = path.removeprefix(f"{GROUPS}/").partition("/")
        acts: dict[tuple[str, str], tuple[str, Act]] = {
            ("PUT", "messages"): ("fill", lambda: self.fill(name, facts["messages"])),
            ("POST", "send"): ("start", lambda: self.start(name)),
            ("GET", ""): ("ask", lambda: (200, self.groups[name])),
            ("GET", "messages"): ("list", lambda: self.list(name, query)),
            ("DELETE", ""): ("delete", lambda: self.delete(name)),
        }
        kind, act = acts[method, what]
        if name not in self.groups:
            return kind, lambda: (404, {"errorCode": "ResourceNotFound"})
        return kind, act

    def make(self) -> tuple[int, Any]:
        name = f"G4V{len(self.groups):04}{uuid4().hex}"
        self.groups[name] = {"groupId": name, "status": "PENDING", "dateSent": None}
        self.messages[name] = {}
        return 200, self.groups[name]

    def fill(self, name: str, messages: list[dict[str, Any]]) -> tuple[int, Any]:
        if self.groups[name]["status"] != "PENDING":
            return 400, {"errorCode": "NotPending"}
        results = []
        for one in messages:
            code = self.refusal_of(one["to"]) or "2000"
            message = one | {"messageId": f"M4V{uuid4().hex}", "statusCode": code}
            self.messages[name][message["messageId"]] = message
            results.append({key: message[key] for key in ("to", "messageId", "statusCode")})
        return 200, {"errorCount": 0, "resultList": results}

    def start(self, name: str) -> tuple[int, Any]:
        group = self.groups[name]
        if self.errors:
            status, code = self.errors.pop(0)
            return status, {"errorCode": code, "errorMessage": "예시"}
        if group["status"] != "PENDING":
            return 400, {"errorCode": "NotPending"}
        group |= {"status": "SENDING", "dateSent": MOMENT}
        for one in self.messages[name].values():
            if one["statusCode"] == "2000":
                one["statusCode"] = "3000"
                self.take(int(one["customFields"]["id"]), one["to"], one["text"])
        return 200, group

    def list(self, name: str, query: dict[str, str]) -> tuple[int, Any]:
        keys = sorted(self.messages[name])
        first = keys.index(query["startKey"]) if "startKey" in query else 0
        shown, rest = keys[first : first + self.page], keys[first + self.page :]
        return 200, {
            "messageList": {key: self.messages[name][key] for key in shown},
            "nextKey": rest[0] if rest else None,
        }

    def delete(self, name: str) -> tuple[int, Any]:
        self.groups[name]["status"] = "DELETED"
        return 200, self.groups[name]

    def report(self, code: str = "4000") -> None:
        """Have the carrier say a code of every message that it was given."""
        for messages in self.messages.values():
            for one in messages.values():
                if one["statusCode"] == "3000":
                    one |= {"statusCode": code, "dateReceived": MOMENT}


def is_signed(header: str) -> bool:
    """Return whether a call is signed with our keys."""
    match = SIGNED.fullmatch(header)
    if not match:
        return False
    key, date, salt, signature = match.groups()
    right = hmac.new(SOLAPI_SECRET.encode(), (date + salt).encode(), sha256).hexdigest()
    return key == SOLAPI_KEY and hmac.compare_digest(right, signature)
