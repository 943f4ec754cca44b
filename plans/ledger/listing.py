"""The list of records: its filter, the reason for a download, and its rows as a CSV file."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gwonseon.fields.days import DayField
from gwonseon.fields.numbers import written
from gwonseon.fields.phones import without_mobile
from gwonseon.fields.texts import PlainFormMixin, one_line
from gwonseon.krds.forms import KrdsHelper
from gwonseon.office.models import REASON_LENGTH, Dong, User
from gwonseon.tables.csv_files import csv_lines
from plans.ledger.access import visible
from plans.ledger.models import Record, RecordQuerySet, seen_by
from plans.tree.measures import record_kind_choices
from plans.tree.models import Activity, Plan

# Column names are the same as in the upload of many days (plans/ledger/bulk).
HEAD = (
    "번호",
    Record._meta.get_field("happened_on").verbose_name,
    "활동",
    "양식",
    "동",
    "시설",
    "수량",
    "단위",
    "인원",
    "상태",
    "내용",
)


class RecordFilter(forms.Form):
    """Filter of a list of records. Invalid input does not filter, and gets an error."""

    year = forms.TypedChoiceField(label=gettext_lazy("연도"), coerce=int, required=False)
    activity = forms.ModelChoiceField(None, label=gettext_lazy("활동"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("기록 양식"), required=False)
    dong = forms.ModelChoiceField(None, label=gettext_lazy("동"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("상태"), required=False)
    since = DayField(label=gettext_lazy("이날부터"), required=False)
    until = DayField(label=gettext_lazy("이날까지"), required=False)
    mine = forms.BooleanField(label=gettext_lazy("내가 쓴 것만"), required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        every = [("", _("모두"))]
        plans = Plan.objects.published()
        self.fields["year"].choices = every + [(one.year, f"{one.year}년") for one in plans]
        self.fields["kind"].choices = every + record_kind_choices()
        states = dict(Record.State.choices) | {Record.State.CORRECTED.value: _("정정·취소됨")}
        del states[Record.State.VOID]
        self.fields["state"].choices = [*every, *states.items()]
        rows = Activity.objects.filter(plan__in=plans.order_by()).in_plan_order()
        # There are many activities and only their titles are shown.
        self.fields["activity"].queryset = rows.only("title", "corrected_title")
        self.fields["dong"].queryset = Dong.objects.all()
        for name in ("activity", "dong"):
            self.fields[name].empty_label = _("모두")
        self.helper = KrdsHelper(self, submit=_("찾기"), method="get")
        self.helper.layout = Layout(
            Div("year", "activity", "kind", css_class="form-row"),
            Div("dong", "state", "since", "until", css_class="form-row"),
            "mine",
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        values = super().clean()
        since, until = values.get("since"), values.get("until")
        if since and until and since > until:
            self.add_error("until", _("끝나는 날은 시작하는 날과 같거나 그 뒤여야 합니다."))
        return values

    @property
    def narrows(self) -> bool:
        """Whether any filter is set."""
        return self.is_valid() and any(self.cleaned_data.values())

    def records(self) -> RecordQuerySet:
        """Return the records that the user may see and asked for."""
        return self.narrowed(visible(self.user))

    def totals(self) -> dict[str, Any]:
        """Return the count of confirmed records, and sums of people and quantity (2 queries).

        The activities are given by key, so that even the whole ledger is summed from the index
        `record_sums`.
        """
        seen = Activity.objects.filter(seen_by(self.user)).values_list("pk", flat=True)
        rows = self.narrowed(Record.objects.filter(activity__in=list(seen))).confirmed()
        return rows.aggregate(count=Count("*"), people=Sum("people"), quantity=Sum("quantity"))

    def narrowed(self, rows: RecordQuerySet) -> RecordQuerySet:
        """Return the given records that pass the filter."""
        given = self.cleaned_data if self.is_valid() else {}
        for name in ("activity", "kind", "dong", "state"):
            if given.get(name):
                rows = rows.filter(**{name: given[name]})
        if given.get("year"):
            # A range of days, so that the indexes can be used; a record's year is its day's year.
            rows = rows.filter(happened_on__year=given["year"])
        if not given.get("state"):
            rows = rows.current()
        if given.get("since"):
            rows = rows.filter(happened_on__gte=given["since"])
        if given.get("until"):
            rows = rows.filter(happened_on__lte=given["until"])
        return rows.filter(written_by=self.user) if given.get("mine") else rows


class RecordsDownloadForm(PlainFormMixin, forms.Form):
    """The reason why personal records are downloaded."""

    reason = forms.CharField(
        label=gettext_lazy("내려받는 까닭"),
        min_length=5,
        max_length=REASON_LENGTH,
        validators=[without_mobile],
        help_text=gettext_lazy(
            "어디에 쓰려고 받는지 적습니다. 이름이나 전화번호는 적지 마세요. 예: 3월 사례회의 자료"
        ),
        error_messages=dict.fromkeys(
            ("required", "min_length", "max_length"),
            gettext_lazy("무엇에 쓰려고 내려받는지 5자에서 200자로 적어 주세요."),
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = KrdsHelper(self, submit=_("받기(CSV)"))

    def clean_reason(self) -> str:
        """Return the reason as one line, and refuse it where that is too short."""
        reason = one_line(self.cleaned_data["reason"])
        field = self.fields["reason"]
        if len(reason) < field.min_length:
            raise ValidationError(field.error_messages["min_length"])
        return reason


def file_of(records: RecordQuerySet) -> Iterator[str]:
    """Yield the lines of a CSV file of records, read from the database while it is sent."""
    rows = records.order_by("-happened_on", "-pk").iterator(chunk_size=2000)
    return csv_lines(chain([HEAD], map(cells_of, rows)))


def cells_of(record: Record) -> list[Any]:
    """Return the cells of a record's line."""
    return [
        record.pk,
        record.happened_on,
        record.activity.shown_title,
        record.kind_label,
        record.dong or "",
        record.facility or "",
        "" if record.quantity is None else written(record.quantity),
        record.activity.unit,
        "" if record.people is None else record.people,
        f"{record.state_text} {record.awaits}".strip(),
        record.note,
    ]
