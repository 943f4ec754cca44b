"""When a notice may leave: both edges of the quiet hours."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from civic.notices.models import Notice
from civic.notices.timing import problem_of_times


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.mark.parametrize(
    ("now", "values", "sentence"),
    [
        (at(10), {"expires_at": at(9)}, "기한이 지났습니다"),
        (at(10), {"expires_at": at(10)}, "기한이 지났습니다"),
        (at(10), {"send_at": at(9), "expires_at": at(9, 30)}, "기한이 지났습니다"),
        (at(21), {"expires_at": at(8, day=3)}, "안전 안내만"),
        (at(7, 59), {"expires_at": at(8)}, "안전 안내만"),
        (at(0), {"expires_at": at(8)}, "안전 안내만"),
        (at(10), {"send_at": at(22), "expires_at": at(23)}, "안전 안내만"),
        (at(10), {"send_at": at(22), "expires_at": at(9, day=1), "nature": "safety"}, "지났습니다"),
    ],
)
def test_a_notice_that_could_never_leave(
    now: datetime, values: dict[str, object], sentence: str
) -> None:
    assert sentence in problem_of_times(Notice(**values), now)


@pytest.mark.parametrize(
    ("now", "values"),
    [
        (at(21), {"expires_at": at(8, 1, day=3)}),
        (at(20, 59), {"expires_at": at(21, 30)}),
        (at(8), {"expires_at": at(8, 1)}),
        (at(22), {"expires_at": at(23), "nature": "safety"}),
        (at(3), {"expires_at": at(8, 1)}),
        (at(10), {"send_at": at(21), "expires_at": at(8, 1, day=3)}),
    ],
)
def test_a_notice_that_can_leave(now: datetime, values: dict[str, object]) -> None:
    assert problem_of_times(Notice(**values), now) == ""
