"""A gateway and a vendor that repeat numbers and texts wherever they can."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from gwonseon.messaging.gateways import Answer, Capability, Parcel, Reply, Report
from tests.messaging.gateways.servers import INSTEAD, Fault
from tests.messaging.gateways.solapi_server import SolapiServer
from tests.secrets.search import BODY, NUMBER

NAME = "tests.secrets.gateway.TalkativeGateway"


class TalkativeGateway:
    """Every call of it fails, with all that it knows in the error's text."""

    name = NAME
    capability = Capability.NONE
    most_letters = 100
    per_second = 1_000_000

    def send(self, parcel: Parcel, remember: Callable[[str], None]) -> list[Answer]:
        raise ValueError(f"{parcel} {remember}")

    def find(self, parcel: Parcel) -> list[Answer] | None:
        raise ValueError(f"{parcel}")

    def fetch_reports(self) -> Sequence[Report]:
        return []

    def acknowledge(self, reports: Iterable[Report]) -> None:
        raise ValueError(f"{reports}")

    def fetch_replies(self) -> Sequence[Reply]:
        return [Reply(f"+82 {NUMBER[1:]}", f"그만 {BODY}"), Reply(BODY, f"그만 {NUMBER}")]

    def acknowledge_replies(self, replies: Iterable[Reply]) -> None:
        raise ValueError(f"{replies}")


class TalkativeVendor(SolapiServer):
    """SOLAPI with a number in the name of the first group, and in the names of all messages.

    Its next `refusals` repeat a whole message.
    """

    refusals = 0

    def make(self) -> tuple[int, Any]:
        if self.groups:
            return super().make()
        name = f"G4V-{NUMBER}"
        self.groups[name] = {"groupId": name, "status": "PENDING", "dateSent": None}
        self.messages[name] = {}
        return 200, self.groups[name]

    def fill(self, name: str, messages: list[dict[str, Any]]) -> tuple[int, Any]:
        if self.refusals:
            self.refusals -= 1
            said = " ".join(f"{one['to']} {one['text']}" for one in messages)
            return 400, {"errorCode": f"Refused {messages[0]['to']}", "errorMessage": said}
        status, said = super().fill(name, messages)
        for place, result in enumerate(said["resultList"]):
            message = self.messages[name].pop(result["messageId"])
            result["messageId"] = f"{message['to']}-{place}"
            self.messages[name][result["messageId"]] = message | result
        return status, said


def repeat_in_errors(patch: Any) -> None:
    """Have the vendor's error pages repeat a number and a text."""
    said = f"<html>{NUMBER} {BODY}</html>".encode()
    patch.setitem(INSTEAD, Fault.ERROR_AFTER, (500, said))
    patch.setitem(INSTEAD, Fault.NO_JSON, (200, said))
