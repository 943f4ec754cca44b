"""Rows that the first migration adds: the limits that grade measured values.

They are the limits in force in 2021. Grades of outdoor air are those of the daily forecast; indoor
limits are those for daycare centres (실내공기질 관리법), limits of tank water those for drinking
water (먹는물 수질기준).
"""

from datetime import date
from typing import Any

SINCE = date(2021, 1, 1)
FORECAST = ("좋음", "보통", "나쁨")
UPPER = {"pm10": (30, 80, 150), "pm25": (15, 35, 75)}
DAYCARE = {"pm10": 75, "pm25": 35, "co2": 1000, "hcho": 80, "bacteria": 800, "co": 10}
TANK = {"turbidity": "0.5", "chlorine": "4.0", "bacteria": 100, "coliforms": 0}
PH = ("5.8", "8.5")


def rows() -> list[dict]:
    """Return the limits."""
    found = []
    for item, bounds in UPPER.items():
        found += [
            {"place": "outside", "item": item, "grade": grade, "most": most}
            for grade, most in zip(FORECAST, bounds, strict=True)
        ]
        found.append({"place": "outside", "item": item, "grade": "매우나쁨"})
    for place, bounds in (("daycare", DAYCARE), ("tank", TANK)):
        for item, most in bounds.items():
            found.append({"place": place, "item": item, "grade": "기준 이내", "most": most})
            found.append({"place": place, "item": item, "grade": "기준 초과"})
    least, most = PH
    within = {"place": "tank", "item": "ph", "grade": "기준 이내", "least": least, "most": most}
    return [*found, within, {"place": "tank", "item": "ph", "grade": "기준 벗어남"}]


def add_rows(apps: Any, _editor: Any = None) -> None:
    """Add the rows; `apps` is the migration's app registry."""
    limit = apps.get_model("safety", "Limit")
    limit.objects.bulk_create(limit(since=SINCE, **row) for row in rows())
