"""Queries for the versions of a record."""

from dataclasses import dataclass

from gwonseon.versions import Difference
from plans.ledger.models import Record
from plans.ledger.versions.content import Words, side_by_side
from plans.ledger.versions.models import RecordVersion


@dataclass(frozen=True)
class VersionStep:
    """A version, and its differences from the one before."""

    version: RecordVersion
    changes: list[Difference]


def steps_of(record: Record) -> list[VersionStep]:
    """Return a record's versions, the oldest first (1 query, and one for each named model)."""
    versions = list(record.versions.select_related("by"))
    words = Words(record, [one.said for one in versions])
    told = [words.told(one.said) for one in versions]
    steps = [VersionStep(one, []) for one in versions[:1]]
    for number, version in enumerate(versions[1:], start=1):
        sides = side_by_side(told[number - 1], told[number])
        steps.append(VersionStep(version, [one for one in sides if one.differs]))
    return steps
