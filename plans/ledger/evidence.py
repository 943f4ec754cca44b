"""Evidence files: a correction shares them; a file is deleted with the last evidence row."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile

from plans.ledger.models import Evidence, Record


def copy_evidence(old: Record, new: Record, kept: Sequence[int]) -> None:
    """Copy evidence rows to a replacement, with the same files (2 queries)."""
    rows = list(old.evidence.filter(pk__in=kept))
    for row in rows:
        row.pk, row.record = None, new
    if rows:
        Evidence.objects.bulk_create(rows)


def drop_evidence(rows: QuerySet[Evidence]) -> None:
    """Delete evidence rows and, after the commit, the files that no other record uses."""
    files = [row.file for row in rows]
    rows.delete()
    transaction.on_commit(lambda: delete_files(files), robust=True)


def delete_files(files: Sequence[FieldFile]) -> None:
    """Delete those of the files that no evidence row names any more."""
    used = set(Evidence.objects.filter(file__in=files).values_list("file", flat=True))
    for file in files:
        if file.name not in used:
            file.storage.delete(file.name)
