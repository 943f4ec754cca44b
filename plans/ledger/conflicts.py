"""Help for a user whose record was changed by somebody else while the form was open."""

from copy import copy

from gwonseon.office.models import User
from gwonseon.versions import Difference
from plans.ledger.actions import new_record
from plans.ledger.forms.entries import EntryForms
from plans.ledger.models import Evidence, Record
from plans.ledger.versions.content import differences, said_now, said_of


def both_versions(there: Record, typed: EntryForms, by: User) -> list[Difference]:
    """Return the facts of a record now beside those that were typed.

    A correction keeps the findings of the confirmed record. An uploaded file that the record
    already has counts as the same file.
    """
    entry = typed.entry()
    now = said_now(there)
    sent = {file_key(one) for one in entry.evidence}
    kept = [one for one in kept_evidence(there, typed) if file_key(one) not in sent]
    record = new_record(typed.activity, entry, by)
    then = said_of(record, entry.detail, entry.findings, [*kept, *entry.evidence])
    if not there.is_draft:
        fresh = [one for one in then["findings"] if one not in now["findings"]]
        then["findings"] = now["findings"] + fresh
    return differences(now, then, there)


def forms_over(there: Record, typed: EntryForms, by: User) -> EntryForms:
    """Return the forms filled in again, to save over the current record or as a correction.

    Evidence that is kept is ticked; a browser cannot choose the uploaded files again.
    """
    kept = kept_evidence(there, typed)
    typed.renew(version=str(there.version), state=there.state)
    data = typed.record.data
    data.setlist("kept", [str(one.pk) for one in kept])
    forms = EntryForms(
        user=by,
        activity=typed.activity,
        facility=there.facility,
        record=copy(there),
        data=data,
    )
    forms.is_valid()
    return forms


def kept_evidence(there: Record, typed: EntryForms) -> list[Evidence]:
    """Return the evidence that a record keeps: what was ticked, and what the form did not list.

    Each is found again by name and content (2 queries).
    """
    values = typed.record.cleaned_data
    chosen = {file_key(one) for one in values.get("kept", [])}
    seen = typed.written.versions.filter(number=values["version"]).first()
    offered = {(one["name"], one["digest"]) for one in seen.said["evidence"]} if seen else set()
    rows = [(file_key(one), one) for one in there.evidence.all()]
    return [one for key, one in rows if key in chosen or key not in offered]


def file_key(evidence: Evidence) -> tuple[str, str]:
    """Return what identifies a file of a record: name and digest."""
    return evidence.name, evidence.digest
