"""`manage.py reset`: replace a database of sample data with a clean one."""

from typing import Any

from django.core.management import CommandError, call_command

from gwonseon.commands import PortalCommand
from plans.samples.rebuilding import is_sample, rebuild


class Command(PortalCommand):
    """Empty a sample database and seed it again; any other database stays as it is."""

    help = (
        "예시 데이터베이스를 지우고 처음 자료로 새로 시작합니다. 예시가 아니면 건드리지 않습니다."
    )
    alone = True

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Raise CommandError unless the database is marked as sample data."""
        if not is_sample():
            raise CommandError(
                "예시 데이터베이스가 아니어서 지우지 않았습니다. "
                "`make seed`로 만든 예시만 지울 수 있습니다."
            )
        rebuild()
        self.stdout.write("예시를 모두 지웠습니다.")
        call_command("seed", stdout=self.stdout)
