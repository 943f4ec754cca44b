"""A gateway to the vendor of the tests, as workers use it: VENDOR and CAPABILITY say which."""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from gwonseon.messaging.gateways import (
    Answer,
    Capability,
    NotAcceptedError,
    Parcel,
    Reply,
    Report,
    UnknownOutcomeError,
)
from gwonseon.messaging.models import Receipt

NAME = "tests.messaging.gateway.VendorGateway"
OUTCOMES = {"ok": Receipt.Outcome.DELIVERED, "off": Receipt.Outcome.UNDELIVERED}


class VendorGateway:
    """A gateway that calls the test vendor over HTTP."""

    name = NAME
    most_letters = 100

    @property
    def per_second(self) -> int:
        return int(os.environ.get("PER_SECOND", "1000000"))

    @property
    def capability(self) -> Capability:
        return Capability(os.environ["CAPABILITY"])

    def post(self, path: str, **sent: Any) -> Any:
        """Call the vendor; raise NotAcceptedError on status 429, else UnknownOutcomeError."""
        request = Request(os.environ["VENDOR"] + path, json.dumps(sent).encode(), method="POST")
        try:
            with urlopen(request, timeout=10) as answer:
                return json.loads(answer.read())
        except HTTPError as error:
            if error.code == 429:
                raise NotAcceptedError from None
            raise UnknownOutcomeError from None
        except (URLError, OSError, ValueError):
            raise UnknownOutcomeError from None

    def send(self, parcel: Parcel, remember: Callable[[str], None]) -> list[Answer]:
        letters = [vars(one) for one in parcel.letters]
        if self.capability is Capability.TWO_PHASE:
            reference = self.post("/group", letters=letters)["reference"]
            remember(reference)
            return answers(self.post("/start", reference=reference))
        return answers(self.post("/send", key=str(parcel.key), letters=letters))

    def find(self, parcel: Parcel) -> list[Answer] | None:
        said = self.post("/look", key=str(parcel.key), reference=parcel.reference)
        return answers(said) if said["answers"] else None

    def fetch_reports(self) -> Sequence[Report]:
        return [
            Report(
                one["reference"],
                one["message_id"],
                OUTCOMES.get(one["code"], Receipt.Outcome.UNREAD),
                one["code"],
            )
            for one in self.post("/reports")["reports"]
        ]

    def acknowledge(self, reports: Iterable[Report]) -> None:
        self.post("/acknowledge", references=[one.reference for one in reports])

    def fetch_replies(self) -> Sequence[Reply]:
        return [
            Reply(
                one["number"],
                one["text"],
                datetime.fromisoformat(one["at"]) if one.get("at") else None,
                one["page"],
            )
            for one in self.post("/replies")["replies"]
        ]

    def acknowledge_replies(self, replies: Iterable[Reply]) -> None:
        self.post("/acknowledge_replies", pages=[one.page for one in replies])


def answers(said: dict[str, Any]) -> list[Answer]:
    """Return the vendor's answers as the outbox reads them."""
    return [Answer(**one) for one in said["answers"]]


class OtherGateway(VendorGateway):
    """A second gateway, to switch to."""

    name = "tests.messaging.gateway.OtherGateway"
