"""Made-up details of records, for a database that says that it is a sample.

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
    """What a made-up record is about, and where its chance comes from."""

    random: Random
    activity: Activity
    by: User
    facility: Facility | None


class KindSample(NamedTuple):
    """How a kind's detail is made up; it may write what the detail needs."""

    kind: str
    detail: Callable[[Setting], Detail]


samples: Registry[KindSample] = Registry()
# Each fills a pillar's registers for a published plan.
sample_registers: Registry[Callable[[Plan], None]] = Registry()


def register_samples(**details: Callable[[Setting], Detail]) -> None:
    """Say how the details of some kinds are made up; their codes with _ for -."""
    for code, detail in details.items():
        samples.register(KindSample(code.replace("_", "-"), detail))


def made_up(kind: str, setting: Setting) -> Detail | None:
    """Return a kind's made-up detail, not saved; None where it has none."""
    return next((one.detail(setting) for one in samples if one.kind == kind), None)


def inspection(_setting: Setting) -> Inspection:
    """Return an inspection where all was in order."""
    return Inspection(passed=["전기·조명"], outcome=Inspection.Outcome.FINE)
