"""Simulated faults of the file gateway, set in `VAR/messages/faults.json`.

    {"next": ["after"], "rates": {"busy": 0.1}, "refused": ["0002"], "undelivered": ["0003"]}

`next` are the faults of the next calls, one each; `rates` say how often a call has which fault
otherwise. Numbers that end in `refused` are refused, those that end in `undelivered` are not
reached.
"""

import json
import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Self

from gwonseon.messaging.gateways import (
    ChannelPausedError,
    NotAcceptedError,
    UnknownOutcomeError,
    written,
)
from gwonseon.messaging.models import Channel


class Fault(StrEnum):
    """What goes wrong with a call."""

    # An error of which nobody knows what it means: nothing was taken, or everything.
    BEFORE = "before"
    AFTER = "after"
    # Too many calls in too short a time.
    BUSY = "busy"
    BALANCE = "balance"
    AUTHENTICATION = "authentication"
    SENDER = "sender"


@dataclass(frozen=True)
class Faults:
    """What goes wrong, and how often."""

    next: tuple[str, ...] = ()
    rates: Mapping[str, float] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    undelivered: tuple[str, ...] = ()

    @classmethod
    def read(cls) -> Self:
        """Return the faults of the file; none without one. Raises NotAcceptedError for bad ones."""
        try:
            facts = json.loads(path().read_text(encoding="utf-8"))
            found = cls(
                next=tuple(facts.get("next", ())),
                rates={Fault(name): float(rate) for name, rate in facts.get("rates", {}).items()},
                refused=tuple(facts.get("refused", ())),
                undelivered=tuple(facts.get("undelivered", ())),
            )
            for name in found.next:
                Fault(name)
        except FileNotFoundError:
            return cls()
        except (ValueError, TypeError, AttributeError):
            raise NotAcceptedError(f"{path().name} cannot be read") from None
        return found

    def write(self) -> None:
        """Tell the gateway to have these faults."""
        written.replace(path(), asdict(self))


def take_fault() -> Fault | None:
    """Return what goes wrong with this call, if anything. The caller holds the lock."""
    faults = Faults.read()
    if faults.next:
        replace(faults, next=faults.next[1:]).write()
        return Fault(faults.next[0])
    for name, rate in faults.rates.items():
        if random.random() < rate:  # noqa: S311  no secret
            return Fault(name)
    return None


def error_of(fault: Fault) -> Exception:
    """Return the error that a fault means."""
    match fault:
        case Fault.BEFORE | Fault.AFTER:
            return UnknownOutcomeError(fault)
        case Fault.BUSY:
            return NotAcceptedError(fault)
        case _:
            return ChannelPausedError(Channel.Pause(fault), fault)


def path() -> Path:
    """Return the file of the faults."""
    return written.folder() / "faults.json"
