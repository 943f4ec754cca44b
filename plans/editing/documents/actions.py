"""Actions for an uploaded document of a plan: keep it for its preview, write all of it or none."""

import logging
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Self

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gwonseon.office.models import User
from gwonseon.uploads.actions import Found, Place, PreviewOutdatedError, take_upload
from gwonseon.uploads.models import Upload
from plans.documents.markers import Markers
from plans.documents.notes import with_notes
from plans.documents.proposals import Proposal, carry_out, propose
from plans.documents.reading import SourceDocument
from plans.tree.models import Plan

log = logging.getLogger(__name__)

PLACE = Place("document")


@dataclass(frozen=True)
class KeptDocument:
    """A document's lines, its markers as they were typed, and the year of the plan."""

    year: int
    markers: str
    lines: list[str]
    read_as: str

    @classmethod
    def of(cls, upload: Upload) -> Self:
        """Return the document of an upload."""
        (row,) = upload.rows
        return cls(**row)

    def proposal(self) -> Proposal:
        """Return what importing the document would do now."""
        document, notes = with_notes(SourceDocument(self.lines, self.read_as))
        markers = Markers.of(self.markers) if self.markers else None
        return propose(year=self.year, document=document, markers=markers, notes=notes)


def check_document(*, year: int, document: SourceDocument, markers: str, by: User) -> Found:
    """Return the document as the row to keep, or no row if it would change nothing.

    Raises DocumentError if it cannot be imported.
    """
    refuse_others(by)
    kept = KeptDocument(year, markers, **asdict(document))
    return Found([] if kept.proposal().changes == [] else [kept])


@transaction.atomic
def write_document(*, number: int, seen: str, by: User) -> int:
    """Import an uploaded document, and return the plan's year.

    `seen` is the stamp of the preview; raises PreviewOutdatedError if the import would now do
    something else. Raises RefusedError if the document cannot be imported any more.
    """
    refuse_others(by)
    kept = KeptDocument.of(take_upload(PLACE, number, by))
    # Locked before it is compared, so that what was seen is what is written.
    Plan.objects.select_for_update(no_key=True).filter(year=kept.year).first()
    proposal = kept.proposal()
    if stamp_of(proposal) != seen:
        raise PreviewOutdatedError(
            "그 사이에 계획이 바뀌어 반영할 내용이 달라졌습니다. 다시 확인하고 저장하세요."
        )
    carry_out(proposal, by=by)
    log.info("document of plan %s imported by %s", kept.year, by.pk)
    return kept.year


def stamp_of(proposal: Proposal) -> str:
    """Return a digest of the changes that a proposal makes, which differs for a new plan."""
    changes = "new" if proposal.changes is None else "\n".join(proposal.changes)
    return sha256(changes.encode()).hexdigest()


def refuse_others(user: User) -> None:
    """Raise PermissionDenied for a user who may not write whole plans."""
    if not user.has_perm("plans.change_plan"):
        raise PermissionDenied
