"""Made-up details of records, for a database that is marked as a sample.

A pillar registers one for each of its kinds that has a detail; `plans.samples` fills a plan with
them. Everything that reads as a name begins with 예시.
"""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from gwonseon.office.models import User
from gwonseon.registry import Registry
from plans.facilities.models import Facility
from plans.ledger.models import Detail, Inspection
from plans.tree.models import Activity, Plan


class Setting(NamedTuple):
    """The context of a made-up record, and its source of random values."""

    random: Random
    activity: Activity
    by: User
    facility: Facility | None


class KindSample(NamedTuple):
    """A function that makes up a kind's detail; it may write other rows that the detail needs."""

    kind: str
    detail: Callable[[Setting], Detail]


samples: Registry[KindSample] = Registry()
# Functions that fill a pillar's own tables for a published plan.
sample_registers: Registry[Callable[[Plan], None]] = Registry()


def register_samples(**details: Callable[[Setting], Detail]) -> None:
    """Register functions that make up details, by kind code with _ for -."""
    for code, detail in details.items():
        samples.register(KindSample(code.replace("_", "-"), detail))


def made_up(kind: str, setting: Setting) -> Detail | None:
    """Return an unsaved made-up detail of a kind, or None where it has no detail."""
    return next((one.detail(setting) for one in samples if one.kind == kind), None)


def inspection(_setting: Setting) -> Inspection:
    """Return an inspection where everything was in order."""
    return Inspection(passed=["전기·조명"], outcome=Inspection.Outcome.FINE)
