"""How the portal's commands fail: one Korean sentence on stderr, exit status 2, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from gwonseon.commands import PortalCommand


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` as a person would."""
    return subprocess.run(
        (sys.executable, "manage.py", *arguments),
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """Return the only line that a failed command may print."""
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_wrong_arguments_point_to_the_help() -> None:
    assert "manage.py seed --help" in sentence(manage("seed", "--nonsense"))


def test_missing_database_names_the_ways_to_have_one(tmp_path: Path) -> None:
    nowhere = f"postgresql://postgres@/gwonseon?host={tmp_path}"

    line = sentence(manage("seed", DATABASE_URL=nowhere))

    assert "make run" in line
    assert "DATABASE_URL" in line


def test_a_database_without_tables_names_the_command_that_makes_them(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE plans_plan RENAME TO elsewhere")

    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        call_command("export_plan", "--year", "2021")


@pytest.mark.parametrize(
    ("variable", "value", "cure"),
    [
        ("DEBUG", "maybe", "DEBUG=1"),
        ("DATABASE_URL", "db.example/portal", "postgresql://"),
        ("SECRET_KEY", "", ".env.example"),
        ("PHONE_KEYS", "", ".env.example"),
        ("PHONE_KEYS", "1:short", "32바이트"),
        ("PHONE_DIGEST_KEY", "", ".env.example"),
        ("EMAIL_URL", "mail.example", "smtps://"),
    ],
)
def test_an_invalid_variable_is_named_with_advice(
    tmp_path: Path, variable: str, value: str, cure: str
) -> None:
    line = sentence(manage("seed", **{"VAR": str(tmp_path), variable: value}))

    assert variable in line
    assert cure in line


def test_an_expected_failure_prints_only_its_sentence(tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"

    line = sentence(manage("import_plan", str(missing), "--year", "2021"))

    assert not line.startswith("CommandError")


def test_a_traceback_is_printed_on_request(tmp_path: Path) -> None:
    nowhere = f"postgresql://postgres@/gwonseon?host={tmp_path}"

    done = manage("seed", "--traceback", DATABASE_URL=nowhere)

    assert done.returncode != 0
    assert "Traceback" in done.stderr
    assert "make run" in done.stderr


class Failing(PortalCommand):
    """A command that fails with an expected error."""

    def handle(self, *args: object, **options: object) -> None:  # noqa: ARG002
        raise CommandError("파일이 없습니다.")


def test_call_command_raises_the_error_itself() -> None:
    with pytest.raises(CommandError, match=r"파일이 없습니다\."):
        call_command(Failing())
