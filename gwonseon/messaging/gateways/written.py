"""The files of the gateway that only writes: a file a day, a message a line; and one of replies.

A line is written whole or not at all: one that has no end, because its writer was killed, is no
line, and the next writer cuts it off. Whoever reads or writes holds the lock. The files hold
numbers and texts as they are: only the portal's account may read them, and they go after some days.
"""

import fcntl
import json
import mmap
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Self
from uuid import UUID

from django.conf import settings
from django.utils import timezone

# A batch is looked for in the files of the last days only: its key lives shorter.
DAYS_OF_A_KEY = 2
# Longer than anybody waits for a report, and than it takes to look at what was written.
KEPT = timedelta(days=7)


@dataclass(frozen=True)
class WrittenMessage:
    """A message as it was written: taken, or refused."""

    batch: UUID
    id: int
    sender: str
    title: str
    number: str
    text: str
    is_accepted: bool
    written_at: datetime

    def line(self) -> bytes:
        """Return the message as a line; it begins with the batch, by which it is found."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """Return the message of a line."""
        facts = json.loads(line)
        moment = datetime.fromisoformat(facts["written_at"])
        return cls(**facts | {"batch": UUID(facts["batch"]), "written_at": moment})


@dataclass(frozen=True, order=True)
class Position:
    """A place in the files: a file's name, and how much of it lies before."""

    file: str = ""
    offset: int = 0


def sent_messages(limit: int) -> list[WrittenMessage]:
    """Return the messages that were taken, the newest first."""
    with lock():
        messages = (
            WrittenMessage.read(line)
            for path in reversed(files())
            for line in lines_backwards(path)
        )
        return list(islice((one for one in messages if one.is_accepted), limit))


def messages_of(batch: UUID) -> Iterator[WrittenMessage]:
    """Yield what was written of a batch. The caller holds the lock."""
    start = f'{{"batch": "{batch}"'.encode()
    for path in files()[-DAYS_OF_A_KEY:]:
        with mapped(path) as content:
            first = max(content.find(start), 0)
            if content[first : first + len(start)] != start:
                continue
            for line, _end in lines_from(content, first):
                if line.startswith(start):
                    yield WrittenMessage.read(line)


def messages_after(position: Position) -> Iterator[tuple[WrittenMessage, Position]]:
    """Yield what was written after a position, each with the position behind it.

    The caller holds the lock.
    """
    for path in files():
        if path.name < position.file:
            continue
        offset = position.offset if path.name == position.file else 0
        with mapped(path) as content:
            for line, end in lines_from(content, offset):
                yield WrittenMessage.read(line), Position(path.name, end)


def write_reply(number: str, text: str) -> None:
    """Append a reply to the file of replies, as anybody may who tries the portal."""
    with lock():
        file = os.open(replies_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(file, "w", encoding="utf-8") as opened:
            opened.write(f"{number} {text}\n")


def reply_lines(start: int) -> Iterator[tuple[str, int]]:
    """Yield the lines of the file of replies from a place on, each with the place behind it.

    The caller holds the lock.
    """
    if replies_path().exists():
        with mapped(replies_path()) as content:
            for line, end in lines_from(content, start):
                yield line.decode(errors="replace"), end


def replies_path() -> Path:
    """Return the file of replies: a number, a blank and a text a line."""
    return folder() / "replies.txt"


def append_messages(messages: Iterable[WrittenMessage]) -> None:
    """Append messages to today's file. The caller holds the lock."""
    path = folder() / f"{timezone.localdate():%Y-%m-%d}.jsonl"
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        cut_torn_line(path, file)
        rest = memoryview(b"".join(message.line() for message in messages))
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def delete_old(now: datetime) -> int:
    """Delete the files of days that need not be kept any more; return how many.

    Whole files only, of days in which nobody writes; who reads them holds the lock.
    """
    oldest = f"{timezone.localdate(now) - KEPT:%Y-%m-%d}"
    if not any(path.stem < oldest for path in files()):
        return 0
    with lock():
        old = [path for path in files() if path.stem < oldest]
        for path in old:
            path.unlink()
    return len(old)


@contextmanager
def lock() -> Iterator[None]:
    """Let only one process at a time read or write: a file that is cut must not be read."""
    file = os.open(folder() / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def replace(path: Path, content: object) -> None:
    """Write a small JSON file anew, so that a reader finds the old one or the new one."""
    draft = path.with_suffix(f".{os.getpid()}")
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as opened:
        json.dump(content, opened, ensure_ascii=False)
    draft.replace(path)


def folder() -> Path:
    """Return the folder of the messages; make it if there is none."""
    place().mkdir(mode=0o700, parents=True, exist_ok=True)
    return place()


def files() -> list[Path]:
    """Return the files of all days, the oldest first; none where nothing was ever written."""
    return sorted(place().glob("*.jsonl"))


def place() -> Path:
    """Return where the folder of the messages is, or would be."""
    return settings.VAR / "messages"


def cut_torn_line(path: Path, file: int) -> None:
    """Cut off what a killed writer left behind the last whole line."""
    with mapped(path) as content:
        whole = content.rfind(b"\n") + 1
        size = len(content)
    if whole < size:
        os.ftruncate(file, whole)


@contextmanager
def mapped(path: Path) -> Iterator[mmap.mmap | bytes]:
    """Give the content of a file without reading all of it."""
    with path.open("rb") as opened:
        if not os.fstat(opened.fileno()).st_size:
            yield b""
            return
        with mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
            yield content


def lines_from(content: mmap.mmap | bytes, start: int) -> Iterator[tuple[bytes, int]]:
    """Yield the whole lines from a place on, each with the place behind it."""
    while end := content.find(b"\n", start) + 1:
        yield content[start:end], end
        start = end


def lines_backwards(path: Path) -> Iterator[bytes]:
    """Yield the whole lines of a file, the last one first."""
    with mapped(path) as content:
        end = content.rfind(b"\n") + 1
        while end:
            start = content.rfind(b"\n", 0, end - 1) + 1
            yield content[start:end]
            end = start
