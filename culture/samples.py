"""Made-up details for the culture pillar's kinds of record, and made-up rows of its registers."""

from datetime import datetime

from django.utils import timezone

from culture.models import Collection, Performance, Plot, Show, Upkeep
from culture.registers.access import KEPT_FOR
from gwonseon.office.models import Dong
from plans.ledger.samples import Setting
from plans.tree.models import Activity, Plan

PLOTS = 12
# The sizes of the city's 텃밭, in ㎡.
AREAS = (10, 16)


def collection(setting: Setting) -> Collection:
    """Return a collection of waste oil."""
    return Collection(spot="예시 수거함", cans=setting.random.randint(1, 9))


def upkeep(setting: Setting) -> Upkeep:
    """Return a round of maintenance."""
    defects = setting.random.randint(0, 3)
    works = sorted(setting.random.sample(Upkeep.Work.values, 2))
    return Upkeep(works=works, bags=setting.random.randint(1, 20), defects=defects, fixed=defects)


def performance(setting: Setting) -> Performance:
    """Return a concert."""
    teams = setting.random.randint(1, 8)
    return Performance(title="예시 공연", host="예시 단체", performers="예시 출연진", teams=teams)


def registers(plan: Plan) -> None:
    """Add a garden's plots, and a performance on the 15th of each month."""
    dong = Dong.objects.open().first()
    for activity in Activity.objects.filter(plan=plan, **KEPT_FOR[Plot]):
        Plot.objects.bulk_create(
            Plot(activity=activity, garden="예시 텃밭", number=n, dong=dong, area=AREAS[n % 2])
            for n in range(1, PLOTS + 1)
        )
    here = timezone.get_current_timezone()
    for activity in Activity.objects.filter(plan=plan, **KEPT_FOR[Show])[:1]:
        Show.objects.bulk_create(
            Show(
                activity=activity,
                title=f"예시 공연 {month}월",
                starts_at=datetime(plan.year, month, 15, 19, tzinfo=here),
                place="예시 공연장",
                host="예시 단체",
            )
            for month in range(1, 13)
        )
