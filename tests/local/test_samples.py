"""A running portal is filled with samples and emptied again."""

import os
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import psycopg2

from gwonseon.database_lock import WAITING
from gwonseon.local import places
from tests.local.portal import OURS, QUICKLY, Portal, Start, wait_until

BANNER = "모두 지어낸 것입니다"
ACTIVITY = "2021/activity/joint-patrol/progress/"


def make(var: Path, target: str) -> tuple[int, str, str]:
    """Make something beside the running portal; return the status and what was said."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    done = subprocess.run(
        ["make", "--no-print-directory", "-o", ".venv/.run-stamp", target],
        env=environment | QUICKLY | {"VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def page(portal: Portal, path: str = "") -> str:
    with urlopen(f"http://127.0.0.1:{portal.port}/{path}") as answer:
        return answer.read().decode()


def upload(var: Path) -> None:
    """Leave a file where uploads are kept."""
    folder = var / "media" / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "예시.pdf").write_bytes(b"%PDF-")


def uploads(var: Path) -> set[str]:
    return {one.name for one in (var / "media").rglob("*") if one.is_file()}


def prepares(var: Path) -> bool:
    """Return whether a migration is already recorded in the database."""
    try:
        with closing(psycopg2.connect(places.database_url(var))) as one, one.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
            return cursor.fetchone()[0] > 0
    except psycopg2.Error:
        return False


def test_a_portal_is_filled_with_samples_and_emptied(var: Path, start: Start) -> None:
    portal = start(var, PAGE_CACHE="1")
    wait_until(lambda: prepares(var))

    status, said, complaint = make(var, "seed")

    # The samples come after the tables and the plan, and nothing is begun twice.
    assert (status, complaint) == (0, WAITING + "\n")
    assert "예시 부서, 직원, 목표와 실적" in said
    assert "demo-officer" in said
    portal.wait_until_open()
    assert "Traceback" not in (var / "log" / "preparation.log").read_text()
    assert BANNER in page(portal)
    assert "예시 부서" in page(portal, ACTIVITY)
    status, again, _complaint = make(var, "seed")
    assert (status, "이미 예시가" in again) == (0, True)

    upload(var)
    status, said, complaint = make(var, "reset")

    assert status == 0, complaint
    assert uploads(var) == set()
    assert "예시를 모두 지웠습니다." in said
    assert "demo-officer" in said
    assert BANNER not in page(portal)
    assert "예시 부서" not in page(portal, ACTIVITY)

    # What is no sample is not emptied.
    upload(var)
    status, _said, complaint = make(var, "reset")

    assert status == 2
    assert "지우지 않았습니다" in complaint.splitlines()[0]
    assert uploads(var) == {"예시.pdf"}
