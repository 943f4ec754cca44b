"""All forms of one record together."""

import json
from collections.abc import Sequence
from copy import copy
from typing import Any
from uuid import uuid4

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from gwonseon.fields.display import displayed
from gwonseon.office.models import User
from plans.facilities.models import Facility
from plans.ledger.actions import MEASURED_ANEW, RecordEntry
from plans.ledger.duplicates import twin_of
from plans.ledger.forms.findings import FindingForm
from plans.ledger.forms.records import OTHER_PAGE, RecordForm, asked_of
from plans.ledger.kinds import kind_of
from plans.ledger.models import Record
from plans.ledger.queries import facilities_for
from plans.tree.measures import MEASURE
from plans.tree.models import Activity

MORE_FINDINGS = 5


class EntryForms:
    """The forms of one record, filled in and checked together.

    With `begins`, a new record starts with values of the user's last one, and the user is asked
    before the same work is recorded twice. `unplaced` holds typed values that have no field any
    more, by label; `twin` is a record with the same content.
    """

    unplaced: Sequence[tuple[str, str]] = ()
    twin: Record | None = None

    def __init__(
        self,
        *,
        user: User,
        activity: Activity,
        facility: Facility | None = None,
        record: Record | None = None,
        begins: bool = True,
        data: Any = None,
        files: Any = None,
    ) -> None:
        self.user, self.activity = user, activity
        self.facility, self.written, self.begins = facility, record, begins
        kind = self.kind = kind_of(activity.record_kind)
        last = self.last = last_record(user, activity) if begins and not record else None
        typed = (data, files) if data is not None else ()
        self.record = RecordForm(
            *typed, activity=activity, last=last, instance=record or Record(activity=activity)
        )
        self.detail = None
        if kind.form:
            source = record or last
            there = source and kind.detail.objects.filter(record=source).first()
            names = kind.form.Meta.fields if record else kind.form.offered
            initial = model_to_dict(there, names) if there and names else {}
            self.detail = kind.form(
                *typed,
                activity=activity,
                facility=facility,
                written=there if record else None,
                initial=initial,
            )
        self.findings = self.findings_formset(typed) if kind.findings else None

    def findings_formset(self, typed: tuple) -> forms.BaseFormSet:
        """Return the forms of findings: the existing ones, and some empty ones."""
        make = forms.formset_factory(FindingForm, extra=MORE_FINDINGS, max_num=50)
        rows = self.written.findings.all() if self.written and self.written.is_draft else []
        initial = [model_to_dict(one, FindingForm.Meta.fields) for one in rows]
        options = {"categories": self.kind.categories}
        return make(
            typed[0] if typed else None,
            prefix="findings",
            initial=initial,
            form_kwargs=options,
            error_messages={"missing_management_form": OTHER_PAGE},
        )

    @property
    def all(self) -> list[Any]:
        """The forms that exist for this kind."""
        return [one for one in (self.record, self.detail, self.findings) if one is not None]

    @property
    def shows_findings(self) -> bool:
        """Whether any finding is filled in or has an error."""
        return any(form.initial or form.has_changed() for form in self.findings)

    def is_valid(self) -> bool:
        """Check all forms, so that all errors are shown at once."""
        valid = [one.is_valid() for one in self.all]
        if self.measure_has_changed():
            self.take_over()
            return False
        if False in valid:
            return False
        if not self.has_its_facility():
            self.record.ask_facility(facilities_for(self.activity), self.facility)
            return False
        entry = self.entry()
        return self.record.is_sure_of(entry.facts["people"]) and self.is_other_work(entry)

    def measure_has_changed(self) -> bool:
        """Return whether the activity's measure changed since its form was opened."""
        asked = self.record.cleaned_data.get("asked")
        return asked is not None and asked != asked_of(self.activity)

    def take_over(self) -> None:
        """Keep input typed in the form of another kind, and note what has no field in this one."""
        activity = copy(self.activity)
        for name, value in zip(MEASURE, self.record.cleaned_data["asked"], strict=True):
            setattr(activity, name, value)
        typed = EntryForms(
            user=self.user,
            activity=activity,
            facility=self.facility,
            begins=False,
            data=self.record.data,
        )
        self.unplaced = typed.input_without_field(self)
        if self.findings and not self.findings.management_form.is_valid():
            self.findings = self.findings_formset(())
        self.renew(asked=json.dumps(asked_of(self.activity)))
        self.refuse(MEASURED_ANEW)

    def input_without_field(self, other: "EntryForms") -> list[tuple[str, str]]:
        """Return the input of fields that another kind's forms lack, as text by label."""
        told = []
        if self.facility and self.kind.facilities and not other.kind.facilities:
            told.append((_("시설"), str(self.facility)))
        for mine, theirs in ((self.record, other.record), (self.detail, other.detail)):
            there = theirs.fields if theirs else {}
            told += [(label, words) for name, label, words in typed_in(mine) if name not in there]
        if self.findings and not other.findings:
            found = [" · ".join(word for *_of, word in typed_in(one)) for one in self.findings]
            told += [(str(self.kind.findings), words) for words in found if words]
        return told

    def has_its_facility(self) -> bool:
        """Return whether the record's facility fits its kind and was open on the record's day."""
        if self.written or not self.kind.facilities:
            return True
        facility, day = self.facility, self.record.cleaned_data["happened_on"]
        return (
            facility is not None
            and not set(facility.kinds).isdisjoint(self.kind.facilities)
            and (facility.closed_on is None or day < facility.closed_on)
        )

    def is_other_work(self, entry: RecordEntry) -> bool:
        """Return whether no record has the same content, or the user said that it is other work."""
        if self.written or not self.begins or self.record.cleaned_data.get("another"):
            return True
        self.twin = twin_of(self.activity, entry, self.user)
        if self.twin:
            self.record.ask_whether_another(self.twin)
        return self.twin is None

    def renew(self, **values: Any) -> None:
        """Prepare the typed input to be saved again: set hidden values, with a new token."""
        self.record.data = self.record.data.copy()
        for name, value in {"token": str(uuid4()), **values}.items():
            self.record.data[name] = value

    def refuse(self, sentence: str) -> None:
        """Show an error that says why nothing was written."""
        self.record.add_error(None, sentence)

    def entry(self) -> RecordEntry:
        """Return the typed input as an entry."""
        typed = self.record.cleaned_data
        place = {}
        if self.facility and self.kind.facilities and not self.kind.is_personal:
            place = {"facility_id": self.facility.pk, "dong_id": self.facility.dong_id}
        shared = self.detail.shared() if self.detail else {}
        return RecordEntry(
            self.record.facts() | place | shared,
            detail=self.detail.detail() if self.detail else None,
            findings=[
                form.save(commit=False)
                for form in (self.findings or [])
                if form.cleaned_data.get("what")
            ],
            evidence=typed.get("files", []),
            kept=[one.pk for one in typed.get("kept", [])],
            token=typed["token"],
        )


def typed_in(form: forms.BaseForm | None) -> list[tuple[str, str, str]]:
    """Return name, label and text of each field that has input."""
    if form is None:
        return []
    form.is_valid()
    told = []
    for name, field in form.fields.items():
        wrong = name in form.errors
        words = form[name].value() if wrong else displayed(field, form.cleaned_data.get(name))
        if words and not field.widget.is_hidden:
            told.append((name, str(field.label), str(words)))
    return told


def last_record(user: User, activity: Activity) -> Record | None:
    """Return the user's latest record for an activity (1 query)."""
    rows = Record.objects.current().filter(strikes_out=False)
    rows = rows.filter(activity=activity, written_by=user)
    return rows.order_by("-pk").first()
