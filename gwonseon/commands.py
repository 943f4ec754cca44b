"""The base class of all management commands: they fail with one sentence and exit status 2."""

import sys
from contextlib import nullcontext
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, OperationalError, ProgrammingError

from gwonseon.database_lock import database_lock

NO_DATABASE = (
    "데이터베이스에 연결할 수 없습니다. "
    "다른 창에서 `make run`을 실행하거나 DATABASE_URL을 확인하세요."
)
NO_TABLES = (
    "데이터베이스에 표가 없습니다. `make run`이 준비하는 중이면 잠시 뒤에 다시 실행하고, "
    "아니면 먼저 `python manage.py migrate`를 실행하세요."
)
UNDEFINED_TABLE = "42P01"
FAILED = 2


class PortalCommand(BaseCommand):
    """A command that reports each expected failure as one sentence on stderr and exit status 2.

    Subclass it and write `add_arguments` and `handle` as for any Django command:

        class Command(PortalCommand):
            help = "계획 원문을 불러옵니다."

            def handle(self, *args: Any, **options: Any) -> None:
                if not Path(options["file"]).is_file():
                    raise CommandError("파일이 없습니다. 경로를 확인하세요.")

    - To fail, `raise CommandError(sentence)`. Only the sentence is printed, and the exit status
      is 2, or `returncode` if that is more. `call_command` (so also a test) raises the CommandError
      itself. `--traceback` shows where it came from.
    - Wrong arguments and a database that cannot be reached are reported in the same way.
    - System checks are off: `make check` runs them, and they cost more than most commands.
      A command that prints results should write to `self.stdout`.
    - `status_without_database` is for a command whose caller tries again by its exit status.
    - `alone = True` is for commands that make, fill or empty the database: only one of them runs
      at a time; the second says on stderr that it waits.
    """

    requires_system_checks: list[str] = []
    alone = False
    status_without_database = FAILED

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return Django's parser; on the command line, wrong arguments give one sentence."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        if self._called_from_command_line:
            parser.error = lambda message: self._fail(
                f"명령을 알아들을 수 없습니다({message}). "
                f"`python manage.py {subcommand} --help`에서 쓰는 법을 보세요."
            )
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command; print a CommandError's sentence and exit with its status."""
        try:
            return self._execute(*args, **options)
        except CommandError as error:
            if not self._called_from_command_line or options.get("traceback"):
                raise
            # Django's own default is 1, with which Python ends where nothing was expected.
            self._fail(str(error), max(error.returncode, FAILED))

    def _execute(self, *args: Any, **options: Any) -> str | None:
        try:
            with database_lock(self.stderr.write) if self.alone else nullcontext():
                return super().execute(*args, **options)
        except OperationalError as error:
            # An error from the server has a code; a failed connection has none.
            if server_code(error):
                raise
            raise CommandError(NO_DATABASE, returncode=self.status_without_database) from error
        except ProgrammingError as error:
            if server_code(error) != UNDEFINED_TABLE:
                raise
            raise CommandError(NO_TABLES, returncode=self.status_without_database) from error

    def _fail(self, sentence: str, status: int = FAILED) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(status)


def server_code(error: DatabaseError) -> str | None:
    """Return the error code that the server gave, or None if the server was not reached."""
    return getattr(error.__cause__, "pgcode", None)
