"""`manage.py seed`: what a new portal starts with. Run again, it changes nothing."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings

from gwonseon.commands import PortalCommand
from gwonseon.office.actions import set_up_demo_staff
from plans.tree.actions import import_outline, publish_plan
from plans.tree.models import Plan
from plans.tree.notes import SHIPPED, read_notes, read_outline
from plans.tree.reading import read_document

FIRST_PLAN = 2021


class Command(PortalCommand):
    """Load and publish the 2021 plan if there is no plan; add demo staff where DEMO is on."""

    help = "계획이 없으면 2021년 계획을 불러와 공개하고, 시연 환경이면 시연 계정을 만듭니다."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Fill what is empty, and name the demo sign-ins."""
        if not Plan.objects.exists():
            load_first_plan()
            self.stdout.write(f"{FIRST_PLAN}년 계획을 불러와 공개했습니다.")
        if settings.DEMO:
            self.set_up_demo_staff()

    def set_up_demo_staff(self) -> None:
        """Set up the demo staff, with one password that is this data folder's own."""
        password = demo_password(settings.VAR / "demo_password")
        accounts = set_up_demo_staff(password=password)
        names = ", ".join(f"{username}({role})" for username, role in accounts.items())
        self.stdout.write(f"시연 계정: {names}\n비밀번호: {password}")


def load_first_plan() -> None:
    """Import and publish the plan that comes with the portal."""
    path = SHIPPED / f"plan-{FIRST_PLAN}.txt"
    notes = read_notes(path.with_suffix(".toml"))
    outline = read_outline(read_document(path), notes=notes)
    plan = import_outline(year=FIRST_PLAN, outline=outline, by=None)
    publish_plan(plan=plan, by=None)


def demo_password(stored: Path) -> str:
    """Return the stored password, made at random on the first call and readable by us alone."""
    if not stored.is_file():
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.touch(mode=0o600)
        stored.write_text(secrets.token_urlsafe(9), encoding="ascii")
    return stored.read_text(encoding="ascii").strip()
