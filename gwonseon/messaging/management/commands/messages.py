"""`manage.py messages`: what the outbox is doing, and what only a person can decide."""

from typing import Any
from uuid import UUID

from django.core.management import CommandError
from django.core.management.base import CommandParser

from gwonseon.commands import PortalCommand
from gwonseon.messaging.gateways.registry import known_gateways
from gwonseon.messaging.models import Batch, Channel
from gwonseon.messaging.operating import (
    Decision,
    decide,
    resume_channel,
    sending_channel,
    stop_channel,
    switch_channel,
)
from gwonseon.messaging.queries import open_counts, undecided_batches
from gwonseon.refusals import RefusedError


class Command(PortalCommand):
    """Look after the sending of messages."""

    help = "문자 발송의 상태를 보여 주고, 멈추거나 다시 보내고, 결과를 모르는 문자를 정리합니다."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one action, and what it is about."""
        actions = parser.add_subparsers(dest="action", required=True, parser_class=CommandParser)
        actions.add_parser("state", help="발송 경로와 대기, 접수, 결과 모름의 수를 보여 줍니다.")
        actions.add_parser("resume", help="멈춘 발송 경로로 다시 보냅니다.")
        actions.add_parser("park", help="발송을 멈춥니다. 이미 넘긴 문자는 멈추지 않습니다.")
        switching = actions.add_parser("switch", help="다른 중계사로 보냅니다.")
        switching.add_argument("gateway", choices=known_gateways())
        deciding = actions.add_parser(
            "reconcile", help="결과를 모르는 묶음을 중계사에 확인한 대로 정리합니다."
        )
        deciding.add_argument("batch", type=UUID, help="묶음의 번호(state가 보여 줍니다)")
        deciding.add_argument(
            "decision",
            choices=[str(one) for one in Decision],
            help="sent: 보내졌음, again: 보내지지 않았으니 다시 보냄, never: 보내지 않고 끝냄",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do the action, and show the state after it."""
        try:
            self.act(options)
        except RefusedError as refusal:
            raise CommandError(str(refusal)) from None
        self.show_state()

    def act(self, options: dict[str, Any]) -> None:
        """Do the action; raise RefusedError where that is not possible."""
        match options["action"]:
            case "state":
                sending_channel()
            case "resume":
                resume_channel()
            case "park":
                stop_channel()
            case "switch":
                switch_channel(name=options["gateway"])
            case "reconcile":
                batch = Batch.objects.filter(pk=options["batch"]).first()
                decided = decide(batch=batch, decision=Decision(options["decision"]))
                self.stdout.write(f"문자 {decided:,}건을 정리했습니다.")

    def show_state(self) -> None:
        """Print the channels, the counts, and the batches that wait for a decision."""
        for channel in Channel.objects.order_by("pk"):
            use = "쓰는 중" if channel.is_current else "쓰지 않음"
            paused = f", 멈춤({channel.get_paused_for_display()})" if channel.paused_for else ""
            self.stdout.write(f"{channel.gateway}: {use}{paused}")
        for label, count in open_counts():
            self.stdout.write(f"{label} {count:,}")
        for batch in undecided_batches():
            self.stdout.write(
                f"결과 모름 {batch.pk} {batch.gateway} {batch.letters:,}건 "
                f"{batch.first_called_at:%Y-%m-%d %H:%M}"
            )
