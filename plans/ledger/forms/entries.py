"""The forms of one record together."""

from typing import Any
from uuid import uuid4

from django import forms
from django.forms.models import model_to_dict

from gwonseon.office.models import User
from plans.ledger.actions import Entry
from plans.ledger.forms.findings import FindingForm
from plans.ledger.forms.records import OTHER_PAGE, RecordForm
from plans.ledger.kinds import kind_of
from plans.ledger.models import Facility, Record
from plans.tree.models import Activity

MORE_FINDINGS = 5


class EntryForms:
    """The forms of one record, filled in and checked together.

    Where it `begins`, a new one offers what the same person wrote last.
    """

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
        self.activity, self.facility, self.written = activity, facility, record
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
            self.detail = kind.form(*typed, activity=activity, facility=facility, initial=initial)
        self.findings = self.findings_formset(typed) if kind.findings else None

    def findings_formset(self, typed: tuple) -> forms.BaseFormSet:
        """Return the forms of what was found: those that are written, and some to fill in."""
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
        """The forms that there are."""
        return [one for one in (self.record, self.detail, self.findings) if one is not None]

    @property
    def shows_findings(self) -> bool:
        """Whether any finding is written, or wrong."""
        return any(form.initial or form.has_changed() for form in self.findings)

    def is_valid(self) -> bool:
        """Check all of them, so that all errors are told at once."""
        if False in [one.is_valid() for one in self.all]:
            return False
        return self.record.is_sure_of(self.entry().facts["people"])

    def renew(self, **values: Any) -> None:
        """Let what was typed be saved again: with a token of its own, and other hidden values."""
        self.record.data = self.record.data.copy()
        for name, value in {"token": str(uuid4()), **values}.items():
            self.record.data[name] = value

    def refuse(self, sentence: str) -> None:
        """Say why nothing was written."""
        self.record.add_error(None, sentence)

    def entry(self) -> Entry:
        """Return what was typed."""
        typed = self.record.cleaned_data
        place = {}
        if self.facility and not self.kind.is_personal:
            place = {"facility_id": self.facility.pk, "dong_id": self.facility.dong_id}
        shared = self.detail.shared() if self.detail else {}
        return Entry(
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


def last_record(user: User, activity: Activity) -> Record | None:
    """Return what somebody recorded last for an activity (1 query)."""
    rows = Record.objects.current().filter(strikes_out=False)
    rows = rows.filter(activity=activity, written_by=user)
    return rows.order_by("-pk").first()
