"""Made-up details of culture's kinds."""

from culture.models import Collection, Performance, Upkeep
from plans.ledger.samples import Setting


def collection(setting: Setting) -> Collection:
    """Return waste oil that was fetched."""
    return Collection(spot="예시 수거함", cans=setting.random.randint(1, 9))


def upkeep(setting: Setting) -> Upkeep:
    """Return a round of upkeep."""
    defects = setting.random.randint(0, 3)
    works = sorted(setting.random.sample(Upkeep.Work.values, 2))
    return Upkeep(works=works, bags=setting.random.randint(1, 20), defects=defects, fixed=defects)


def performance(setting: Setting) -> Performance:
    """Return a concert."""
    teams = setting.random.randint(1, 8)
    return Performance(title="예시 공연", host="예시 단체", performers="예시 출연진", teams=teams)
