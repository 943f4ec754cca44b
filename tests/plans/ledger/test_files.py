"""Evidence files are deleted with the last record that uses them, after the commit."""

from pathlib import Path
from typing import Any

import pytest

from gwonseon.office.models import User
from gwonseon.refusals import RefusedError
from plans.ledger import actions
from plans.ledger.actions import RecordEntry
from plans.ledger.models import Evidence, Record
from plans.tree.models import Activity
from tests.factories.ledger import entry


def shown(*names: str, kept: tuple[int, ...] = ()) -> RecordEntry:
    """Return the entry of one day with evidence files."""
    typed = entry()
    typed.evidence = [Evidence.of(name, Evidence.Type.DOCUMENT, b"%PDF-") for name in names]
    typed.kept = kept
    return typed


def files(media: Path) -> set[str]:
    return {str(one.relative_to(media)) for one in media.rglob("*") if one.is_file()}


def names(record: Record) -> set[str]:
    return {one.file.name for one in record.evidence.all()}


@pytest.fixture
def draft(activity: Activity, officer: User) -> Record:
    """Return a draft with two files."""
    return actions.add_record(activity=activity, entry=shown("하나", "둘"), by=officer)


@pytest.fixture
def correction(draft: Record, officer: User) -> Record:
    """Return a draft correction of it, with one of its files and a new one."""
    actions.confirm_record(record=draft, version=0, by=officer)
    kept = draft.evidence.first().pk
    return actions.correct_record(record=draft, entry=shown("셋", kept=(kept,)), by=officer)


def test_a_file_that_is_not_kept_is_deleted(
    draft: Record, officer: User, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    kept, dropped = draft.evidence.all()

    with django_capture_on_commit_callbacks(execute=True):
        actions.rewrite_record(record=draft, entry=shown(kept=(kept.pk,)), version=0, by=officer)

    assert dropped.file.name
    assert files(media) == names(draft) == {kept.file.name}


def test_a_file_that_another_record_shows_stays_when_a_correction_is_discarded(
    draft: Record,
    correction: Record,
    officer: User,
    media: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    assert len(files(media)) == 3
    assert len(names(draft) & names(correction)) == 1

    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_record(record=correction, version=0, by=officer)

    assert len(files(media)) == 2
    assert files(media) == names(draft)


def test_a_file_that_another_record_shows_stays_when_a_correction_drops_it(
    draft: Record,
    correction: Record,
    officer: User,
    media: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.rewrite_record(record=correction, entry=shown(), version=0, by=officer)

    assert names(correction) == set()
    assert files(media) == names(draft)


def test_a_refused_write_deletes_no_file(
    draft: Record, officer: User, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RefusedError):
        actions.discard_record(record=draft, version=7, by=officer)

    assert files(media) == names(draft)
    assert len(files(media)) == 2


def test_a_file_is_deleted_only_after_the_commit(
    draft: Record, officer: User, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as later:
        actions.discard_record(record=draft, version=0, by=officer)

    assert len(later) == 1
    assert len(files(media)) == 2
