"""Made-up details for the safety pillar's kinds of record."""

from plans.ledger.samples import Setting
from safety.models import AirMeasurement, Patrol, ReadinessCheck, StallCheck, WaterMeasurement


def patrol(setting: Setting) -> Patrol:
    """Return a patrol of some students and residents."""
    heads = {name: setting.random.randint(1, 5) for name in ("students", "residents")}
    return Patrol(route="예시 구간", school="예시 학교", police=1, **heads)


def stall_check(setting: Setting) -> StallCheck:
    """Return a check that found no camera."""
    holes = setting.random.choice([0, 0, 0, 1, 2])
    return StallCheck(stalls=setting.random.randint(3, 12), methods=["eye", "lens"], holes=holes)


def readiness_check(setting: Setting) -> ReadinessCheck:
    """Return a check of equipment."""
    needed = setting.random.randint(5, 30)
    return ReadinessCheck(
        season=setting.random.choice(ReadinessCheck.Season.values),
        asset=setting.random.choice(ReadinessCheck.Asset.values),
        needed=needed,
        ready=needed - setting.random.choice([0, 0, 1, 2]),
    )


def air_measurement(setting: Setting) -> AirMeasurement:
    """Return a measurement of outdoor air."""
    pm10, pm25 = setting.random.randint(12, 95), setting.random.randint(5, 45)
    return AirMeasurement(place="outside", spot="예시 측정 지점", pm10=pm10, pm25=pm25)


def water_measurement(setting: Setting) -> WaterMeasurement:
    """Return a measurement of a spring's water."""
    return WaterMeasurement(
        place="spring",
        spot="예시 약수터",
        turbidity="0.3",
        ph="7.2",
        bacteria=setting.random.randint(0, 60),
        coliforms=0,
    )
