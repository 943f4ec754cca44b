"""`manage.py import_plan`: import a plan from a file of text, HWPX or HWP."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from gwonseon.commands import PortalCommand
from gwonseon.database_lock import database_lock
from plans.documents import printing as listing
from plans.documents.errors import DocumentError
from plans.documents.markers import Markers, MarkersError
from plans.documents.notes import Notes, read_outline, with_notes
from plans.documents.outline import Outline
from plans.documents.proposals import carry_out, propose
from plans.documents.reading import SourceDocument, read_document
from plans.tree.models import FIRST_YEAR, LAST_YEAR


class Command(PortalCommand):
    """Read an outline; save it as a draft, or print what it would change in an existing draft."""

    help = "계획의 글(HWPX, HWP, UTF-8이나 CP949 텍스트)을 읽어 작성 중인 계획으로 저장합니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file, the year and the other options."""
        parser.add_argument("file", type=Path, help="계획의 글이 든 파일(.hwpx, .hwp, .txt)")
        parser.add_argument("--year", type=int, help="계획의 연도")
        parser.add_argument(
            "--markers",
            help="목표·추진과제·활동(·참고)의 표지. 예: '□ ○ -' (정하지 않으면 문서를 보고 고름)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="파일만 읽어 나무 모양으로 보이고 저장하지 않음"
        )
        parser.add_argument("--json", action="store_true", help="--dry-run의 결과를 JSON으로")
        parser.add_argument(
            "--apply", action="store_true", help="작성 중인 계획에 차이를 실제로 반영"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Do what the options ask for; raise CommandError if the document cannot be used."""
        check_options(options)
        try:
            markers = Markers.of(options["markers"]) if options["markers"] else None
            document = read_document(options["file"])
            if document.read_as != "UTF-8":
                self.stderr.write(f"{document.read_as} 파일로 읽었습니다.")
            document, notes = with_notes(document, beside=options["file"])
            if options["dry_run"]:
                self.show(read_outline(document, markers, notes), as_json=options["json"])
            else:
                with database_lock(self.stderr.write):
                    self.store(document, markers, notes, options["year"], apply=options["apply"])
        except (DocumentError, MarkersError) as error:
            raise CommandError(str(error)) from error

    def show(self, outline: Outline, *, as_json: bool) -> None:
        """Print the outline."""
        if as_json:
            self.stdout.write(listing.as_json(outline))
            return
        self.stdout.write(listing.as_text(outline))
        self.account(outline)

    def store(
        self,
        document: SourceDocument,
        markers: Markers | None,
        notes: Notes | None,
        year: int,
        *,
        apply: bool,
    ) -> None:
        """Save a new plan; or print the difference to a draft, and make it with `apply`."""
        proposal = propose(year=year, document=document, markers=markers, notes=notes)
        if apply or proposal.plan is None:
            changes = carry_out(proposal, by=None)
        else:
            changes = proposal.changes
        if changes is None:
            self.stdout.write(f"{year}년 계획을 작성 중인 계획으로 저장했습니다.")
        else:
            self.show_changes(changes, applied=apply)
        self.warn_of_other_years(proposal.outline, year)
        self.account(proposal.outline)

    def show_changes(self, changes: list[str], *, applied: bool) -> None:
        """Print each change, and whether the changes were made."""
        for change in changes:
            self.stdout.write(change)
        if not changes:
            self.stdout.write("저장된 계획과 다른 곳이 없습니다.")
        elif applied:
            self.stdout.write(f"{len(changes)}곳을 바꾸었습니다.")
        else:
            self.stdout.write(f"{len(changes)}곳이 다릅니다. 반영하려면 --apply를 붙여 실행하세요.")

    def warn_of_other_years(self, outline: Outline, year: int) -> None:
        """Warn on stderr if the document's headings have another year than the command."""
        if sentence := listing.other_years(outline, year):
            self.stderr.write(sentence)

    def account(self, outline: Outline) -> None:
        """Print the lines that were not understood, then the counts of all lines."""
        for sentence in listing.losses(outline):
            self.stdout.write(sentence)
        self.stdout.write(listing.account(outline))


def check_options(options: dict[str, Any]) -> None:
    """Raise CommandError for options that cannot be combined, or without a year."""
    if options["json"] and not options["dry_run"]:
        raise CommandError("--json은 --dry-run과 함께 쓰세요.")
    if options["apply"] and options["dry_run"]:
        raise CommandError("--apply와 --dry-run 가운데 하나만 쓰세요.")
    year = options["year"]
    if year is None and not options["dry_run"]:
        raise CommandError("--year로 계획의 연도를 적으세요. 예: --year 2021")
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise CommandError(f"--year에 {FIRST_YEAR}부터 {LAST_YEAR}까지의 연도를 적으세요.")
