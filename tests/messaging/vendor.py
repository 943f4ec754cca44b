"""A gateway's vendor: an HTTP server that takes messages, counts what it took, and misbehaves.

It speaks one protocol for each capability that a gateway can have. What it took is what a real
vendor would have sent to phones.
"""

import json
import random
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from uuid import uuid4

# What may go wrong with a call that hands messages over.
BEFORE, AFTER, BUSY = "before", "after", "busy"


class Vendor:
    """The server; use it in a `with`. `faults` are the next calls' faults, then `fault_rate`."""

    def __init__(self, *, capability: str, fault_rate: float = 0, seed: int = 0) -> None:
        self.capability = capability
        self.fault_rate = fault_rate
        self.faults: list[str] = []
        self.random = random.Random(seed)
        self.lock = threading.Lock()
        self.taken: Counter[str] = Counter()
        self.letters: list[dict[str, Any]] = []
        self.answers: dict[str, list[dict[str, Any]]] = {}
        self.groups: dict[str, list[dict[str, Any]]] = {}
        self.reports: list[dict[str, Any]] = []
        self.replies: list[dict[str, Any]] = []
        self.reply_faults: list[str] = []
        self.calls = 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.server.daemon_threads = True

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def doubled(self) -> int:
        """Return how many messages were taken more often than once."""
        return sum(times - 1 for times in self.taken.values())

    def next_fault(self) -> str:
        """Return what goes wrong with this call; empty if nothing does."""
        if self.faults:
            return self.faults.pop(0)
        if self.random.random() < self.fault_rate:
            return self.random.choice([BEFORE, AFTER, BUSY])
        return ""

    def take(self, letters: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Take messages, as if they went to phones; return the answer for each."""
        answers = []
        for letter in letters:
            is_accepted = not letter["number"].endswith("9999")
            reference = uuid4().hex if is_accepted else ""
            code = "" if is_accepted else "1020"
            answers.append(
                {
                    "id": letter["id"],
                    "is_accepted": is_accepted,
                    "reference": reference,
                    "code": code,
                }
            )
            if is_accepted:
                self.taken[letter["id"]] += 1
                self.letters.append(letter)
                self.reports.append(
                    {"reference": reference, "message_id": letter["id"], "code": "ok"}
                )
        return answers

    def call(self, path: str, sent: dict[str, Any]) -> tuple[int, Any]:
        """Answer a call: a status, and what is said; status 0 drops the line without a word."""
        self.calls += 1
        calls = {
            "/send": lambda: self.with_fault(lambda: self.send_once(sent)),
            "/group": lambda: (200, self.fill(sent["letters"])),
            "/start": lambda: self.with_fault(lambda: self.start(sent["reference"])),
            "/look": lambda: (200, {"answers": self.look(sent)}),
            "/reports": lambda: (200, {"reports": self.reports[:1000]}),
            "/acknowledge": lambda: (200, self.forget(set(sent["references"]))),
            "/replies": self.say_replies,
            "/acknowledge_replies": lambda: self.forget_replies(set(sent["pages"])),
        }
        return calls[path]()

    def fill(self, letters: list[dict[str, Any]]) -> dict[str, str]:
        """Keep a group of messages, which are not taken before it is started."""
        name = uuid4().hex
        self.groups[name] = letters
        return {"reference": name}

    def forget(self, references: set[str]) -> dict[str, str]:
        """Remove the reports with these references from the queue."""
        self.reports = [one for one in self.reports if one["reference"] not in references]
        return {}

    def say_replies(self) -> tuple[int, Any]:
        """Return what people replied, unless this call fails."""
        if BEFORE in self.reply_faults:
            self.reply_faults.remove(BEFORE)
            return 500, {}
        return 200, {"replies": self.replies}

    def forget_replies(self, pages: set[str]) -> tuple[int, Any]:
        """Remove the replies of these pages, unless this call fails."""
        if AFTER in self.reply_faults:
            self.reply_faults.remove(AFTER)
            return 500, {}
        self.replies = [one for one in self.replies if one["page"] not in pages]
        return 200, {}

    def with_fault(self, take: Any) -> tuple[int, Any]:
        """Take messages; depending on the next fault, fail before that or lose the answer."""
        match self.next_fault():
            case "busy":
                return 429, {}
            case "before":
                return 500, {}
            case "after":
                take()
                return 0, {}
            case _:
                return 200, {"answers": take()}

    def send_once(self, sent: dict[str, Any]) -> list[dict[str, Any]]:
        """Take a batch; an idempotent vendor takes one key once."""
        key = sent["key"]
        if self.capability != "idempotent" or key not in self.answers:
            self.answers[key] = self.take(sent["letters"])
        return self.answers[key]

    def start(self, name: str) -> list[dict[str, Any]]:
        """Take a group that was filled before, once."""
        if name not in self.answers:
            self.answers[name] = self.take(self.groups.pop(name))
        return self.answers[name]

    def look(self, sent: dict[str, Any]) -> list[dict[str, Any]] | None:
        """Return the answers for a batch, or None; delete its group, so that it cannot start."""
        self.groups.pop(sent["reference"], None)
        return self.answers.get(sent["reference"]) or self.answers.get(sent["key"])


def handler_of(vendor: Vendor) -> type[BaseHTTPRequestHandler]:
    """Return the class that answers requests for a vendor."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or "{}")
            with vendor.lock:
                status, said = vendor.call(self.path, sent)
            if not status:
                self.close_connection = True
                return
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: object) -> None:
            """Say nothing: a request line is no news."""

    return Handler
