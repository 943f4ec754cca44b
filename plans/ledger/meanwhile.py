"""A record that somebody else wrote while its form was open: both versions, to be chosen from."""

from copy import copy

from gwonseon.office.models import User
from plans.ledger.actions import new_record, said_by
from plans.ledger.forms import EntryForms
from plans.ledger.models import Evidence, Record
from plans.ledger.versions.saying import Difference, differences, said_now


def both_versions(there: Record, typed: EntryForms, by: User) -> list[Difference]:
    """Return what a record says now beside what it would say by what was typed.

    A correction goes on with what the confirmed record found.
    """
    entry = typed.entry()
    now = said_now(there)
    then = said_by(new_record(typed.activity, entry, by), entry, typed.written)
    if not there.is_draft:
        fresh = [one for one in then["findings"] if one not in now["findings"]]
        then["findings"] = now["findings"] + fresh
    return differences(now, then, there)


def forms_over(there: Record, typed: EntryForms, by: User) -> EntryForms:
    """Return the forms as they were filled in, to be saved over what is there now, or beside it.

    Evidence that the form goes on with is found again by name and size; files that were chosen do
    not come back.
    """
    typed.renew(version=str(there.version), state=there.state)
    data = typed.record.data
    chosen = {shown(one) for one in typed.record.cleaned_data.get("kept", [])}
    data.setlist("kept", [str(one.pk) for one in there.evidence.all() if shown(one) in chosen])
    forms = EntryForms(
        user=by,
        activity=typed.activity,
        facility=there.facility,
        record=copy(there),
        data=data,
    )
    forms.is_valid()
    return forms


def shown(evidence: Evidence) -> tuple[str, int]:
    """Return what tells one file of a record from another."""
    return evidence.name, evidence.size
