"""The ZIP with everything, and that a stranger can compute from it what is published."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client

from plans.tracking.closing.models import Closing
from plans.tree.models import Plan

pytestmark = pytest.mark.django_db
RECOMPUTE = Path("docs/recompute.py")


def archive_of(client: Client) -> bytes:
    """Return the ZIP."""
    return client.get("/data/v1/archive.zip").getvalue()


def recomputed(path: Path) -> tuple[int, str]:
    """Return the exit status and the output of the recomputation, without this project."""
    command = [sys.executable, "-I", str(RECOMPUTE.absolute()), path.name]
    done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a ZIP with another content of one file."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(out, "w") as after:
        for one in before.namelist():
            data = before.read(one)
            after.writestr(one, change(data) if one == name else data)
    return out.getvalue()


def test_a_stranger_computes_what_is_published(
    client: Client, closed_2021: Plan, tmp_path: Path
) -> None:
    content = archive_of(client)
    assert archive_of(client) == content
    path = tmp_path / "data.zip"
    path.write_bytes(content)
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.read("recompute.py") == RECOMPUTE.read_bytes()
        listed = json.loads(archive.read("manifest.json"))
        for one in listed["files"]:
            assert sha256(archive.read(one["name"])).hexdigest() == one["sha256"]
        kept = {one for one in archive.namelist() if one.startswith("periods/")}
        for closing in Closing.objects.select_related("period"):
            name = f"periods/period-2021-{closing.period.number}-v{closing.version}.json"
            assert sha256(archive.read(name)).hexdigest() == closing.digest
            kept.remove(name)
        assert kept == set()

    status, said = recomputed(path)
    assert status == 0, said
    assert said.endswith(" compared, 0 different\n")

    faults: list[tuple[str, Callable[[bytes], bytes], str]] = [
        (
            "periods/period-2021-2-v2.json",
            lambda data: data.replace(b'"contracted":"120000000"', b'"contracted":"120000001"', 1),
            "contracted",
        ),
        ("tables/months.csv", lambda data: data.replace(b",2,", b",3,", 1), "months"),
        ("tables/totals.csv", lambda data: data[:-20] + b"\r\n", "totals.csv: SHA-256"),
    ]
    for name, change, where in faults:
        path.write_bytes(changed(content, name, change))
        status, said = recomputed(path)
        assert status == 1, said
        assert where in said


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data.zip"
    path.write_bytes(b"PK no")

    assert recomputed(path)[0] == 2
