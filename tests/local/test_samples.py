"""A running portal is filled with samples and emptied again."""

import os
import subprocess
from pathlib import Path
from urllib.request import urlopen

from tests.local.portal import OURS, QUICKLY, Portal, Start

BANNER = "모두 지어낸 것입니다"
ACTIVITY = "2021/activity/joint-patrol/progress/"


def make(var: Path, target: str) -> tuple[int, str, str]:
    """Make something beside the running portal; return the status and what was said."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    done = subprocess.run(
        ["make", "--no-print-directory", target],
        env=environment | QUICKLY | {"VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def page(portal: Portal, path: str = "") -> str:
    with urlopen(f"http://127.0.0.1:{portal.port}/{path}") as answer:
        return answer.read().decode()


def test_a_running_portal_becomes_a_sample_and_clean_again(var: Path, start: Start) -> None:
    portal = start(var, PAGE_CACHE="1").wait_until_open()
    clean = page(portal)
    assert BANNER not in clean
    status, _said, complaint = make(var, "reset")
    assert status == 2
    assert "지우지 않았습니다" in complaint.splitlines()[0]

    status, said, complaint = make(var, "seed")
    assert status == 0, complaint
    assert "예시 부서, 직원, 목표와 실적" in said
    assert "demo-officer" in said
    assert BANNER in page(portal)
    assert "예시 부서" in page(portal, ACTIVITY)
    status, again, _complaint = make(var, "seed")
    assert (status, "이미 예시가" in again) == (0, True)

    status, said, complaint = make(var, "reset")
    assert status == 0, complaint
    assert "예시를 모두 지웠습니다." in said
    assert "demo-officer" in said
    assert BANNER not in page(portal)
    assert "예시 부서" not in page(portal, ACTIVITY)
