"""Vendors' servers that misbehave on purpose, and count what they really took."""

import json
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from pytest_django import Settings

Act = Callable[[], tuple[int, Any]]


class Fault(Enum):
    """What goes wrong with a request."""

    ERROR_BEFORE = "500 before it is done"
    ERROR_AFTER = "500 after it is done"
    HANG_BEFORE = "no answer, and it is not done"
    HANG_AFTER = "no answer, and it is done"
    DROP_BEFORE = "the line breaks before it is done"
    DROP_AFTER = "the line breaks after it is done"
    HALF_AFTER = "the line breaks in the middle of the answer"
    BUSY = "429"
    NO_JSON = "200, and what is said is no JSON"
    OTHER_JSON = "200, and what is said is other JSON"
    REDIRECT = "302 to somewhere else"


AFTER = {
    Fault.ERROR_AFTER,
    Fault.HANG_AFTER,
    Fault.DROP_AFTER,
    Fault.HALF_AFTER,
    Fault.NO_JSON,
    Fault.OTHER_JSON,
}


def await_less(settings: Settings, fault: Fault) -> None:
    """Have the client wait for less long if there will be no answer."""
    settings.SMS_TIMEOUT = 0.4 if fault in {Fault.HANG_BEFORE, Fault.HANG_AFTER} else 10


class VendorServer:
    """An HTTP server on this machine; use it in a `with`.

    `faults` are the next requests', by what they ask for. `taken` counts, by our numbers, the
    messages that would be on phones.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.is_over = threading.Event()
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.asked: Counter[str] = Counter()
        self.taken: Counter[int] = Counter()
        self.phones: dict[str, str] = {}
        # Codes of numbers that are refused, by their last digits.
        self.refused: dict[str, str] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.server.daemon_threads = True

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.is_over.set()
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def refusal_of(self, number: str) -> str:
        """Return the code with which a number is refused; empty if it is not."""
        return next((code for end, code in self.refused.items() if number.endswith(end)), "")

    def route(
        self, method: str, path: str, query: dict[str, str], facts: Any, headers: Any
    ) -> tuple[str, Act]:
        """Return the name of the requested operation, and the function that carries it out."""
        raise NotImplementedError

    def take(self, message_id: int, number: str, text: str) -> None:
        """Put a message on a phone."""
        self.taken[message_id] += 1
        self.phones[number] = text


# What is said instead of the answer.
INSTEAD = {
    Fault.ERROR_BEFORE: (500, b"<html>Internal Server Error</html>"),
    Fault.ERROR_AFTER: (500, b"<html>Internal Server Error</html>"),
    Fault.BUSY: (429, b"Too Many Requests"),
    Fault.NO_JSON: (200, b"<html>OK</html>"),
    Fault.OTHER_JSON: (200, b'{"hello": [1, 2]}'),
    Fault.REDIRECT: (302, b""),
}


class Handler(BaseHTTPRequestHandler):
    """Answers requests for a vendor; `handler_of` says for which."""

    vendor: VendorServer

    def answer(self) -> None:
        address = urlsplit(self.path)
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        facts = json.loads(content) if content else None
        query = dict(parse_qsl(address.query))
        name, act = self.vendor.route(self.command, address.path, query, facts, self.headers)
        with self.vendor.lock:
            self.vendor.asked[name] += 1
            faults = self.vendor.faults[name]
            fault = faults.pop(0) if faults else None
            status, said = act() if fault is None or fault in AFTER else (500, {})
        self.say(fault, status, json.dumps(said).encode())

    def say(self, fault: Fault | None, status: int, said: bytes) -> None:
        if fault in {Fault.DROP_BEFORE, Fault.DROP_AFTER}:
            self.close_connection = True
        elif fault in {Fault.HANG_BEFORE, Fault.HANG_AFTER}:
            self.vendor.is_over.wait(5)
            self.close_connection = True
        elif fault is Fault.HALF_AFTER:
            self.write(status, len(said), said[: len(said) // 2])
            self.close_connection = True
        elif fault:
            status, said = INSTEAD[fault]
            self.write(status, len(said), said)
        else:
            self.write(status, len(said), said)

    def write(self, status: int, length: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(length))
        if status == 302:
            self.send_header("Location", f"{self.vendor.address}/elsewhere")
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815  the server's own names

    def log_message(self, *_words: object) -> None:
        """Say nothing: a request line is no news."""


def handler_of(vendor: VendorServer) -> type[Handler]:
    """Return the class that answers requests for a vendor."""
    return type("VendorHandler", (Handler,), {"vendor": vendor})
