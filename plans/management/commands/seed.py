"""`manage.py seed`: write the first data of a new portal. Run again, it changes nothing.

With `--samples`, a database without real work is filled with sample data.
"""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, CommandParser
from django.db import transaction

from gwonseon.commands import PortalCommand
from gwonseon.messaging.actions import set_up_demo_sender
from gwonseon.office.actions import set_up_demo_staff
from plans.documents.importing import import_outline
from plans.documents.notes import SHIPPED, read_notes, read_outline
from plans.documents.reading import read_document
from plans.samples import filling
from plans.samples.rebuilding import holds_work, is_sample, rebuild
from plans.tree.models import Plan
from plans.tree.writing import publish_plan

FIRST_PLAN = 2021


class Command(PortalCommand):
    """Load and publish the 2021 plan if there is no plan; add demo staff where DEMO is on.

    A demo has a sender number for messages, too.
    """

    help = "계획이 없으면 2021년 계획을 불러와 공개하고, 시연 환경이면 시연 계정을 만듭니다."
    alone = True

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the option `--samples`."""
        parser.add_argument(
            "--samples", action="store_true", help="예시 직원, 부서, 목표, 실적을 함께 넣습니다."
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Add the data that is missing, and print the demo accounts."""
        if options["samples"]:
            self.fill_with_samples()
        if not Plan.objects.exists():
            publish_plan(plan=load_first_plan(), by=None)
            self.stdout.write(f"{FIRST_PLAN}년 계획을 불러와 공개했습니다.")
        if settings.DEMO:
            self.set_up_demo_staff()
            set_up_demo_sender()

    def fill_with_samples(self) -> None:
        """Empty the database and fill it with samples, unless it has samples already.

        Raises CommandError if it has real work.
        """
        if is_sample():
            self.stdout.write("이미 예시가 들어 있습니다. `make reset`으로 지울 수 있습니다.")
            return
        if holds_work():
            raise CommandError(
                "실제 자료가 있는 데이터베이스입니다. 예시를 섞지 않습니다. "
                "`VAR=var-sample make run`처럼 빈 폴더로 포털을 하나 더 띄우고 거기에 넣으세요."
            )
        rebuild()
        with quiet(), transaction.atomic():
            filling.mark_as_sample()
            plan = load_first_plan()
            filling.promise(plan)
            publish_plan(plan=plan, by=None)
            number = filling.record(plan)
        self.stdout.write(f"예시 부서, 직원, 목표와 실적 {number}건을 넣었습니다.")

    def set_up_demo_staff(self) -> None:
        """Set up the demo staff with the password of this data folder, and print it."""
        password = demo_password(settings.VAR / "demo_password")
        accounts = set_up_demo_staff(password=password)
        names = ", ".join(f"{username}({role})" for username, role in accounts.items())
        self.stdout.write(f"시연 계정: {names}\n비밀번호: {password}")


@contextmanager
def quiet() -> Iterator[None]:
    """Log nothing up to INFO in the `with` block, because the data is made up."""
    logging.disable(logging.INFO)
    yield
    logging.disable(logging.NOTSET)


def load_first_plan() -> Plan:
    """Import the plan that comes with the portal, as a draft."""
    path = SHIPPED / f"plan-{FIRST_PLAN}.txt"
    notes = read_notes(path.with_suffix(".toml"))
    outline = read_outline(read_document(path), notes=notes)
    return import_outline(year=FIRST_PLAN, outline=outline, by=None)


def demo_password(stored: Path) -> str:
    """Return the stored password; if none is stored, make one that only the owner can read."""
    if not stored.is_file():
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.touch(mode=0o600)
        stored.write_text(secrets.token_urlsafe(9), encoding="ascii")
    return stored.read_text(encoding="ascii").strip()
