"""Made-up details for the civic pillar's kinds of record."""

from civic.models import Audit, CounterTally, Gathering, TextNotice
from gwonseon.office.models import Department
from plans.ledger.samples import Setting


def gathering(setting: Setting) -> Gathering:
    """Return a meeting."""
    way = setting.random.choice(Gathering.Way.values)
    return Gathering(subject="예시 주제", way=way, hours=2)


def counter_tally(setting: Setting) -> CounterTally:
    """Return a day's work at a counter."""
    return CounterTally(service="예시 업무", group=setting.random.choice(CounterTally.Group.values))


def audit(setting: Setting) -> Audit:
    """Return an audit of some department."""
    department = setting.random.choice(list(Department.objects.open()))
    scope = setting.random.choice(Audit.Scope.values)
    return Audit(scope=scope, department=department, subject="예시 감사")


def text_notice(_setting: Setting) -> TextNotice:
    """Return a notice that was sent by other means than the portal."""
    return TextNotice(title="예시 안내")
